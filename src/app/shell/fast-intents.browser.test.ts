import fc from 'fast-check';
import { NEVER } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { Page } from '../../ui/shell/page';
import type { PageState } from '../../ui/shell/page-state';
import { pageState } from '../../ui/testing/test-state';
import { transportFeature } from '../runs/transport';
import { Dispatcher } from './dispatcher';
import { NoticeBoard } from './notice-board';
import { PageStore } from './page-store';
import { shellFeature } from './shell-feature';

let root: HTMLElement;
let page: Page;
afterEach(() => {
  page.dispose();
  root.remove();
});

/** The whole page over a store, with what takes effect at once. */
function openPage(): PageStore {
  root = document.body.appendChild(document.createElement('div'));
  const { runs, front: _, ...shell } = pageState();
  const [view] = Object.values(runs);
  if (view === undefined) throw new Error('There is no run.');
  const store = new PageStore(shell, view);
  const board = new NoticeBoard(store, () => {});
  const desk = { session: null, save: () => Promise.resolve() };
  const features = [
    shellFeature({ store, board, remember: () => {} }),
    transportFeature({ store, desk, isOnCourt: () => false }),
  ];
  const failed = (_: unknown, error: unknown) => {
    throw error;
  };
  const dispatcher = new Dispatcher(features, { succeeded: () => {}, failed, broken: () => {} });
  page = new Page(root, { state$: store.state$, points$: NEVER, histories$: NEVER });
  page.intents$.subscribe((intent) => dispatcher.handle(intent));
  return store;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const keyCodes: Readonly<Record<string, string>> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  ' ': 'Space',
  t: 'KeyT',
  f: 'KeyF',
  '2': 'Digit2',
};
const presses: Readonly<Record<string, () => void>> = {
  ...Object.fromEntries(
    Object.entries(keyCodes).map(([key, code]) => [
      `key ${key}`,
      () =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }),
        ),
    ]),
  ),
  ...Object.fromEntries(
    [
      '[aria-label="Next arena"]',
      '[aria-label="Previous arena"]',
      '.button-play',
      '.take-over',
      '.learning-switch input',
      '#tab-run',
      '.lockstep input',
      '[aria-label^="Theme"]',
    ].map((selector) => [selector, () => root.querySelector<HTMLElement>(selector)?.click()]),
  ),
};
const asked = ({ focusedArena, focusPlayer, running, learning, lockstep, speed, theme }: PageState) => ({
  focusedArena,
  focusPlayer,
  running,
  learning,
  lockstep,
  speed,
  theme,
});

async function after(sequence: readonly string[], between: () => Promise<unknown>): Promise<unknown> {
  const store = openPage();
  await frame();
  for (const name of sequence) {
    presses[name]?.();
    await between();
  }
  const reached = asked(store.state);
  page.dispose();
  root.remove();
  return reached;
}

it('whatever is pressed within one frame does what it does when each press is waited for', async () => {
  const sequences = fc.array(fc.constantFrom(...Object.keys(presses)), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const fast = await after(sequence, () => Promise.resolve());
      expect(fast).toEqual(await after(sequence, frame));
    }),
    { numRuns: 25 },
  );
});
