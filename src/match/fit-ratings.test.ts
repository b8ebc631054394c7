import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedScore } from './elo';
import { fitRatings, type PairResult, ratingIntervals } from './fit-ratings';

const pair = (a: string, b: string, won: number, lost: number, drawn = 0): PairResult => ({
  a,
  b,
  won,
  lost,
  drawn,
});

/** What players of these ratings win of each other, to a thousandth of a match. */
function expectedResults(ratings: readonly number[], matches: number): PairResult[] {
  return ratings.flatMap((a, i) =>
    ratings.slice(i + 1).map((b, offset) => {
      const won = Math.round(matches * expectedScore(a, b));
      return pair(`p${i}`, `p${i + 1 + offset}`, won, matches - won);
    }),
  );
}

describe('fitted ratings', () => {
  it('of two players are their odds, with one draw more', () => {
    // 10.5 points to 0.5: odds of 21, 400 · log10(21) = 528.89.
    const ratings = fitRatings([pair('a', 'b', 10, 0)], { id: 'b', rating: 1000 });
    expect(ratings.get('b')).toBe(1000);
    expect(ratings.get('a')).toBeCloseTo(1528.89, 2);
  });

  it('count a draw as half a win', () => {
    const drawn = fitRatings([pair('a', 'b', 2, 2, 8)], { id: 'b', rating: 1000 });
    expect(drawn.get('a')).toBeCloseTo(1000, 9);
  });

  it('recover those that the results come from', () => {
    const spread = fc.array(fc.integer({ min: 400, max: 1900 }), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(spread, (known) => {
        const anchor = { id: 'p0', rating: known[0]! };
        const fitted = fitRatings(expectedResults(known, 10_000_000), anchor);
        known.forEach((rating, index) => {
          expect(Math.abs(fitted.get(`p${index}`)! - rating)).toBeLessThan(0.5);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('do not depend on who is named first', () => {
    const results = [pair('a', 'b', 7, 3), pair('b', 'c', 6, 4), pair('a', 'c', 9, 1)];
    const turned = results.map(({ a, b, won, lost }) => pair(b, a, lost, won)).toReversed();
    const anchor = { id: 'b', rating: 1200 };
    for (const [id, rating] of fitRatings(results, anchor)) {
      expect(fitRatings(turned, anchor).get(id)).toBeCloseTo(rating, 6);
    }
  });

  it('are refused for a player that no matches join to the anchor', () => {
    const apart = [pair('a', 'b', 1, 1), pair('c', 'd', 1, 1)];
    expect(() => fitRatings(apart, { id: 'a', rating: 0 })).toThrow('no rating for “c”');
    expect(() => fitRatings([pair('a', 'b', 1, 1)], { id: 'z', rating: 0 })).toThrow('no rating for');
  });
});

describe('their intervals', () => {
  it('are as wide as so many matches make them', () => {
    // 200 even matches: the log-odds' deviation is 2 / √200 = 0.1414, 24.6 points; 95 % are 96 points wide.
    const interval = ratingIntervals([pair('a', 'b', 100, 100)], { id: 'b', rating: 1000 }, 1).get('a');
    if (interval === undefined) throw new Error('There is no interval.');
    expect(interval.rating).toBeCloseTo(1000, 9);
    expect(interval.high - interval.low).toBeGreaterThan(84);
    expect(interval.high - interval.low).toBeLessThan(108);
  });

  it('hold the fit, leave the anchor still, and repeat with their seed', () => {
    const results = expectedResults([1000, 1200, 1350], 200);
    const anchor = { id: 'p0', rating: 1000 };
    const intervals = ratingIntervals(results, anchor, 7, 200);
    expect(intervals.get('p0')).toEqual({ rating: 1000, low: 1000, high: 1000 });
    for (const id of ['p1', 'p2']) {
      const { rating, low, high } = intervals.get(id)!;
      expect(low).toBeLessThan(rating);
      expect(high).toBeGreaterThan(rating);
    }
    expect(ratingIntervals(results, anchor, 7, 200)).toEqual(intervals);
    expect(ratingIntervals(results, anchor, 8, 200)).not.toEqual(intervals);
  });
});
