import { afterEach, beforeEach, expect, it } from 'vitest';
import { page as browser } from 'vitest/browser';
import type { PageState } from '../shell/page-state';
import { ShownPage } from '../testing/shown-page';
import { duelPage, playState } from '../testing/test-state';
import type { PlayState } from './play-state';

let shown: ShownPage;

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const controls = '.generations input, .panel-play .file-button, .panel-play .switch, .replay button';
const placesPx = () =>
  [...shown.root.querySelectorAll(controls)].map((element) => {
    const { x, y } = element.getBoundingClientRect();
    return [Math.round(x), Math.round(y)];
  });

beforeEach(() => {
  shown = new ShownPage(duelPage());
});
afterEach(() => shown.dispose());

const { contestants } = playState();
const others = contestants.filter(({ kind }) => kind !== 'generation');
const withBest = (version: number, matches: number, rating: number): Partial<PlayState> => ({
  generations: [1, version, 123_456],
  bestGeneration: { version, rating },
  contestants: contestants.map((each) =>
    each.kind === 'generation' ? { ...each, name: `Best: update ${version}`, matches, rating } : each,
  ),
});
/** What a run comes to while somebody looks, from its first moment to its last. */
const moments: readonly Partial<PlayState>[] = [
  { contestants: others, generations: [], bestGeneration: null, ratingMatch: null },
  { contestants: others, generations: [2], bestGeneration: null, ratingMatch: null },
  { contestants: others, generations: [2, 22], bestGeneration: null, ratingMatch: 'Novice – Update 22' },
  { ...withBest(22, 6, -37.2), ratingMatch: 'Novice – Update 22' },
  { ...withBest(98_765, 123_456, 12_345), ratingMatch: 'Everybody’s Champion of 2026 – Update 98,765' },
];

const sizes = [
  [320, 568],
  [390, 844],
  [820, 1180],
  [1280, 800],
] as const;
it.each(sizes)(
  'keeps everything below the ladder where it is while a run goes on, at %i × %i',
  async (...size) => {
    await browser.viewport(...size);
    const show = async (play: Partial<PlayState>) => {
      const state: PageState = { ...duelPage(), play: playState({ ...play }) };
      shown.state$.next(state);
      await frame();
    };
    await show({});
    const places = [];
    for (const moment of moments) {
      await show(moment);
      places.push(placesPx());
    }
    expect(places[0]?.length).toBeGreaterThan(6);
    for (const later of places) expect(later).toEqual(places[0]);
  },
);
