import { expect, it } from 'vitest';
import { successiveHalving } from './successive-halving';

it('tries the better candidates on more seeds, each seed once', async () => {
  const tried: string[] = [];
  // Candidate 1 is best on seed 0 and worst after it; candidate 2 is steady.
  const table: Readonly<Record<number, readonly number[]>> = { 1: [1, 9, 9], 2: [2, 2, 2], 3: [5, 1, 1] };
  const result = await successiveHalving(
    [1, 2, 3],
    [
      { candidates: 3, seeds: 1 },
      { candidates: 2, seeds: 3 },
    ],
    async (candidate, seed) => {
      tried.push(`${candidate} on ${seed}`);
      return table[candidate]![seed]!;
    },
  );
  expect(tried).toEqual(['1 on 0', '2 on 0', '3 on 0', '1 on 1', '1 on 2', '2 on 1', '2 on 2']);
  expect(result).toEqual([
    { candidate: 2, scores: [2, 2, 2] },
    { candidate: 1, scores: [1, 9, 9] },
  ]);
});
