import { expect, it } from 'vitest';
import { summaryOf } from './episode-summary';

it('sums episodes up, and says nothing of none', () => {
  expect(summaryOf([])).toBeNull();
  const episodes = (
    [
      [2, 10],
      [4, 20],
      [9, 60],
    ] as const
  ).map(([episodeReturn, length]) => ({ arena: 0, return: episodeReturn, length, truncated: false }));
  // Deviations −3, −1, 4: √((9 + 1 + 16) / 3).
  expect(summaryOf(episodes)).toEqual({
    meanReturn: 5,
    returnSpread: Math.sqrt(26 / 3),
    minReturn: 2,
    maxReturn: 9,
    meanLength: 30,
  });
});
