import type { BehaviorSubject } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page as browser } from 'vitest/browser';
import { personSeat, secondPersonSeat } from '../../contract';
import type { PageState } from '../shell/page-state';
import { ShownPage } from '../testing/shown-page';
import { courtState, duelPage } from '../testing/test-state';
import type { CourtState } from './play-state';

let root: HTMLElement;
let shown: ShownPage;
let state$: BehaviorSubject<PageState>;

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const boxOf = (selector: string) => root.querySelector(selector)?.getBoundingClientRect() as DOMRect;

beforeEach(() => {
  shown = new ShownPage(duelPage());
  ({ root, state$ } = shown);
});
afterEach(() => shown.dispose());

const sizes = [
  [320, 568],
  [360, 740],
  [390, 844],
  [430, 932],
  [600, 960],
  [820, 1180],
  [844, 390],
  [900, 700],
  [1000, 700],
  [1100, 760],
  [1280, 800],
  [1920, 1080],
] as const;

const over = courtState(
  {
    ratingChange: {
      before: 51,
      after: 251,
      placingLeft: 4,
      streak: 12,
      beaten: { name: 'Grandmaster', next: 'Champion' },
    },
  },
  { phase: 'over', score: [7, 5], winner: 0 },
);
const courts: readonly (readonly [string, CourtState])[] = [
  ['a rally', courtState()],
  ['a pause', courtState({ paused: true })],
  [
    'a replay',
    courtState({
      kind: 'replay',
      speed: '4',
      replay: { tick: 600, length: 36_000, points: [{ tick: 300, winner: 0, score: [1, 0] }] },
    }),
  ],
  ['the end', over],
  [
    'the end for two people',
    courtState(
      { setup: { seats: [personSeat, secondPersonSeat], seed: null, learns: false } },
      { ...over.view, names: ['Player 1', 'Player 2'], person: null },
    ),
  ],
];

/** How far things stick out of what holds them, to either side. */
function sticksOut(inner: string, outer: string): readonly string[] {
  const { left, right } = boxOf(outer);
  return [...root.querySelectorAll<HTMLElement>(inner)]
    .filter((each) => each.checkVisibility() && getComputedStyle(each).clipPath === 'none')
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.left < left - 0.5 || box.right > right + 0.5;
    })
    .map((each) => `${each.tagName} ${each.className} ${each.textContent?.trim()}`);
}

// A window changes its size far slower than the page its state, so that all are looked at in one.
it.each(sizes)('everything of a match keeps within its frame at %i × %i', async (width, height) => {
  await browser.viewport(width, height);
  for (const [what, court] of courts) {
    state$.next(duelPage({ court }));
    await frame();
    const outside = [
      ...sticksOut('.match-bar :is(button, label, input[type="range"], .scrub-time)', '.match-bar'),
      ...sticksOut('.match-overlay :is(.match-card, button, p)', '.game-view'),
      ...sticksOut('.status-strip > *', '.stage'),
    ];
    expect({ what, outside }).toEqual({ what, outside: [] });
    const { scrollWidth, scrollHeight } = document.documentElement;
    expect(scrollWidth).toBeLessThanOrEqual(width);
    // Beside the game only the panel scrolls; below it the page does.
    expect(scrollHeight).toBeLessThanOrEqual(width >= 900 ? height : Number.POSITIVE_INFINITY);
  }
});

it.each([
  [390, 844],
  [844, 390],
  [900, 700],
  [1280, 800],
] as const)(
  'the card at the end leaves the winner on the floor to be seen at %i × %i',
  async (width, height) => {
    await browser.viewport(width, height);
    state$.next(duelPage({ court: over }));
    await frame();
    const [card, game] = [boxOf('.match-card'), boxOf('.game')];
    // Players stand in the lowest two fifths of the picture.
    expect(card.bottom).toBeLessThanOrEqual(game.bottom - 0.4 * game.height);
  },
);

it.each(sizes)(
  'the offer of a match is in the first view, in the picture’s sky, at %i × %i',
  async (width, height) => {
    await browser.viewport(width, height);
    state$.next(duelPage());
    await frame();
    const [offer, game] = [boxOf('.match-invite button'), boxOf('.game')];
    expect(offer.bottom).toBeLessThanOrEqual(height);
    expect(offer.top).toBeGreaterThanOrEqual(game.top + 40);
    expect(offer.left).toBeGreaterThanOrEqual(game.left);
    expect(offer.right).toBeLessThanOrEqual(game.right);
  },
);
