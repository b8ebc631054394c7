import { describe, expect, it } from 'vitest';
import { seedFor } from './random-seed';

describe('seedFor', () => {
  it('keeps a chosen seed for every match, 0 too', () => {
    expect([seedFor({ seed: 20260 }), seedFor({ seed: 20260 }), seedFor({ seed: 0 })]).toEqual([
      20260, 20260, 0,
    ]);
  });

  it('draws another each time where none was chosen', () => {
    // Eight draws of 31 bits agree once in 2³¹ to the seventh.
    expect(new Set(Array.from({ length: 8 }, () => seedFor({ seed: null }))).size).toBeGreaterThan(1);
  });
});
