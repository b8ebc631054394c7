import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { differenceOf } from './comparison';

const compared = (way: readonly number[], other: readonly number[]) =>
  differenceOf(way, other, SeededRandom.fromSeed(7));

describe('a difference', () => {
  it('is told where each seed of the one lies beyond each of the other', () => {
    expect(compared([480, 490, 500], [120, 160, 140])).toMatchObject({ value: 350, verdict: 'better' });
    expect(compared([120, 160, 140], [480, 490, 500])).toMatchObject({ value: -350, verdict: 'worse' });
  });

  it('is not told where they overlap, nor of one curve or two, however far apart', () => {
    expect(compared([300, 500, 100], [200, 450, 150])?.verdict).toBe('undecided');
    expect(compared([500], [10])?.verdict).toBe('undecided');
    expect(compared([500, 499], [10, 11])?.verdict).toBe('undecided');
    expect(compared([], [1])).toBeNull();
  });

  it('is the same each time', () => {
    expect(compared([1, 2, 4], [0, 3, 5])).toEqual(compared([1, 2, 4], [0, 3, 5]));
  });

  it('lies within its interval, which turns around with it', () => {
    const ways = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(ways, ways, (way, other) => {
        const { value, low, high } = compared(way, other) ?? { value: Number.NaN, low: 0, high: 0 };
        expect(value).toBeGreaterThanOrEqual(low - 1e-6);
        expect(value).toBeLessThanOrEqual(high + 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('is told of the same way against itself in few of a hundred comparisons of five seeds', () => {
    const random = SeededRandom.fromSeed(3);
    const draw = () =>
      Array.from({ length: 5 }, () => random.uniform() + random.uniform() + random.uniform());
    const told = Array.from({ length: 100 }, () => compared(draw(), draw())?.verdict);
    expect(told.filter((verdict) => verdict !== 'undecided').length).toBeLessThanOrEqual(12);
  });
});
