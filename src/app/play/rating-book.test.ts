import { describe, expect, it } from 'vitest';
import { afterMatch } from './rating-book';

describe('afterMatch', () => {
  it('moves newcomers by K = 32 times what they won beyond what was expected', () => {
    // Both at 1000: half a point expected, so 32 · 0.5 = 16.
    const after = afterMatch({}, { keys: ['a', 'b'], score: 1, moves: [true, true] });
    expect(after).toEqual({ a: { rating: 1016, matches: 1 }, b: { rating: 984, matches: 1 } });
  });

  it('moves who has played 30 matches by K = 16, whoever sits opposite', () => {
    const before = { a: { rating: 1400, matches: 30 }, b: { rating: 1000, matches: 0 } };
    // 400 points ahead: 10/11 expected. A loss moves a by −16 · 10/11 and b by 32 · 10/11.
    const after = afterMatch(before, { keys: ['a', 'b'], score: 0, moves: [true, true] });
    expect(after['a']?.rating).toBeCloseTo(1400 - 160 / 11, 9);
    expect(after['b']?.rating).toBeCloseTo(1000 + 320 / 11, 9);
  });

  it('leaves out whose rating is not at stake, and everybody who did not play', () => {
    const before = { b: { rating: 1200, matches: 5 }, c: { rating: 900, matches: 7 } };
    const after = afterMatch(before, { keys: ['visitor', 'b'], score: 0.5, moves: [true, false] });
    expect(after['b']).toBe(before.b);
    expect(after['c']).toBe(before.c);
    expect(after['visitor']?.matches).toBe(1);
    expect(after['visitor']?.rating).toBeGreaterThan(1000);
  });
});
