import { describe, expect, it } from 'vitest';
import { heapGrowthPerCall } from './heap-growth';

let kept: unknown = null;

describe('heapGrowthPerCall', () => {
  it('is 0 for arithmetic in place', () => {
    const numbers = new Float64Array(4);
    expect(
      heapGrowthPerCall(() => {
        for (let i = 0; i < 4; i++) numbers[i] = 0.5 * numbers[i]! + i;
      }),
    ).toBe(0);
  });

  it('sees the smallest object', () => {
    expect(
      heapGrowthPerCall(() => {
        kept = { only: 1 };
      }),
    ).toBeGreaterThan(8);
    expect(kept).not.toBeNull();
  });
});
