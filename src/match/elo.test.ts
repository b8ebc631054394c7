import { describe, expect, it } from 'vitest';
import { expectedScore, kFactor, startingRating, updated } from './elo';

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

  it('moves a player’s first thirty matches twice as far', () => {
    expect([0, 29, 30, 500].map(kFactor)).toEqual([32, 32, 16, 16]);
  });
});
