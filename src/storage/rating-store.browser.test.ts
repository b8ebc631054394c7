import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  changeStandings,
  forgetRunStandings,
  generationKey,
  loadStandings,
  type Standings,
  visitorKey,
} from './rating-store';

const oneMore = (before: Standings): Standings => ({
  ...before,
  [visitorKey]: { rating: 1000, matches: (before[visitorKey]?.matches ?? 0) + 1 },
});

describe('rating store', () => {
  beforeEach(() => clear());

  it('begins with what it is given where nothing is kept', async () => {
    const novice = { rating: 900, matches: 200 };
    await changeStandings('volley', { novice }, oneMore);
    expect(await loadStandings('volley')).toEqual({ novice, [visitorKey]: { rating: 1000, matches: 1 } });
  });

  it('loses no match when two pages change it at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => changeStandings('volley', {}, oneMore)));
    expect((await loadStandings('volley'))[visitorKey]?.matches).toBe(10);
  });

  it('forgets one run’s generations and nobody else', async () => {
    const standing = { rating: 1100, matches: 3 };
    const kept = { [visitorKey]: standing, [generationKey('default', 4)]: standing };
    const gone = { [generationKey('seed=7', 4)]: standing, [generationKey('seed=7', 12)]: standing };
    await changeStandings('volley', { ...kept, ...gone }, (before) => before);
    await forgetRunStandings('volley', 'seed=7');
    expect(await loadStandings('volley')).toEqual(kept);
  });
});
