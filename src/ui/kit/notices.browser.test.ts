import type { BehaviorSubject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page as browser } from 'vitest/browser';
import type { Notice, PageState } from '../shell/page-state';
import { ShownPage } from '../testing/shown-page';
import { pageState } from '../testing/test-state';

let root: HTMLElement;
let shown: ShownPage;
let state$: BehaviorSubject<PageState>;

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

beforeEach(() => {
  shown = new ShownPage(pageState());
  ({ root, state$ } = shown);
});
afterEach(() => shown.dispose());

const sizes = [
  [320, 568],
  [390, 844],
  [844, 390],
  [900, 700],
  [1280, 800],
  [1920, 1080],
] as const;

const sentence =
  'It has stopped trying anything new since Learning rate was changed: 47.8, where it had come to 500 at update 87.';
const label = 'Back to update 85 (Learning rate 0.05 → 0.0018)';
const actions = [label, 'Keep this as a run of its own'].map((each) => ({
  label: each,
  intent: { kind: 'loadBest' } as const,
}));
const severities = ['info', 'warning', 'error'] as const;

const cases: readonly (readonly [string, readonly Notice[]])[] = [
  [
    'one with a long action',
    [{ id: '0', severity: 'warning', message: sentence, actions: actions.slice(0, 1) }],
  ],
  ['one with two', [{ id: '0', severity: 'error', message: sentence, actions }]],
  [
    'many',
    severities.flatMap((severity) =>
      [0, 1, 2].map((id) => ({ id: `${severity}-${id}`, severity, message: sentence, actions })),
    ),
  ],
];

describe.each(sizes)('at %i × %i', (width, height) => {
  it.each(cases)('%s can be read and answered', async (_what, notices) => {
    await browser.viewport(width, height);
    state$.next(pageState({ notices: [...notices] }));
    await frame();
    for (const notice of root.querySelectorAll('.notice')) {
      const box = notice.getBoundingClientRect();
      // Letters under each other are no sentence.
      expect(notice.querySelector('p')?.getBoundingClientRect().width).toBeGreaterThan(0.6 * box.width);
      for (const button of notice.querySelectorAll('button')) {
        button.scrollIntoView({ block: 'nearest' });
        const { left, right, top, bottom } = button.getBoundingClientRect();
        expect(left).toBeGreaterThanOrEqual(box.left);
        expect(right).toBeLessThanOrEqual(box.right);
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        expect(button.contains(hit)).toBe(true);
      }
    }
  });
});
