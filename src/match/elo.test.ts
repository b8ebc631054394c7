import { describe, expect, it } from 'vitest';
import { expectedScore, kFactor, placingK, scoreOf, startingRating, updated } from './elo';

describe('Elo', () => {
  it('takes 400 points for odds of ten to one', () => {
    expect(expectedScore(1400, 1000)).toBeCloseTo(10 / 11, 12);
    expect(expectedScore(1000, 1400)).toBeCloseTo(1 / 11, 12);
    expect(expectedScore(startingRating, startingRating)).toBe(0.5);
    // 200 points are odds of √10 to one: 3.1623 / 4.1623.
    expect(expectedScore(1200, 1000)).toBeCloseTo(0.75975, 5);
  });

  it('moves a rating by K times what was won beyond expectation', () => {
    expect(updated(1000, 0.5, 1, 32)).toBe(1016);
    expect(updated(1000, 0.5, 0.5, 32)).toBe(1000);
    expect(updated(1000, 0.75, 0, 16)).toBe(988);
  });

  it('counts a win 1, a draw ½ and a loss 0, for whoever sits in either seat', () => {
    expect([scoreOf(0), scoreOf(null), scoreOf(1)]).toEqual([1, 0.5, 0]);
    expect([scoreOf(0, 1), scoreOf(null, 1), scoreOf(1, 1)]).toEqual([0, 0.5, 1]);
  });

  it('moves far who is being placed, less with every match, and never less than others', () => {
    // 400, 400 / 1.5, 400 / 2, … until there are no more than the usual 32.
    expect([0, 1, 2, 4].map((matches) => Math.round(placingK(matches, 400)))).toEqual([400, 267, 200, 133]);
    expect([24, 29, 30].map((matches) => Math.round(placingK(matches, 400)))).toEqual([32, 32, 25]);
    expect(placingK(200, 400)).toBe(16);
  });

  it('moves a player’s first thirty matches twice as far', () => {
    expect([0, 29, 30, 500].map(kFactor)).toEqual([32, 32, 16, 16]);
  });
});
