import { describe, expect, it } from 'vitest';
import { generationPlayer } from '../../storage/standing';
import { afterMatch, beginning } from './rating-book';

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

  it('does not move those of the measured table, and measures others against what it says', () => {
    const measured = { novice: { rating: 600, matches: 1800 } };
    const match = { keys: ['visitor', 'novice'], score: 1, moves: [true, true] } as const;
    // What an earlier table said of Novice is not asked: 400 points ahead, so 32 · (1 − 10/11).
    const after = afterMatch({ novice: { rating: 1400, matches: 9 } }, match, measured);
    expect(after['visitor']?.rating).toBeCloseTo(1000 + 32 / 11, 9);
    expect(after['novice']).toEqual({ rating: 1400, matches: 9 });
  });

  it('keeps its scale: who loses to the measured and is forgotten leaves nobody a point', () => {
    const measured = { hawk: { rating: 1100, matches: 1800 } };
    let standings = {};
    for (let version = 1; version <= 50; version++) {
      const keys = [generationPlayer('default', version), 'hawk'] as const;
      standings = afterMatch(standings, { keys, score: 0, moves: [true, true] }, measured);
    }
    const last = generationPlayer('default', 50);
    expect(Object.keys(standings)).not.toContain('hawk');
    // Each begins where the one before it has come to, and all have lost.
    expect(beginning(standings, generationPlayer('default', 51)).rating).toBe(
      beginning({ [last]: standings[last as keyof typeof standings] }, generationPlayer('default', 60))
        .rating,
    );
    expect(beginning(standings, last).rating).toBeLessThan(900);
  });
});

describe('beginning', () => {
  it('puts a generation where the rated one before it in its run stands, and others at 1000', () => {
    const standings = {
      [generationPlayer('default', 20)]: { rating: 700, matches: 4 },
      [generationPlayer('default', 40)]: { rating: 800, matches: 4 },
      [generationPlayer('default', 100)]: { rating: 950, matches: 4 },
      [generationPlayer('seed=7', 50)]: { rating: 1200, matches: 4 },
    };
    expect(beginning(standings, generationPlayer('default', 60))).toEqual({ rating: 800, matches: 0 });
    expect(beginning(standings, generationPlayer('default', 10))).toEqual({ rating: 1000, matches: 0 });
    expect(beginning(standings, 'visitor')).toEqual({ rating: 1000, matches: 0 });
  });
});
