import { describe, expect, it } from 'vitest';
import { interleave, median, quantile } from './measure';

describe('quantile', () => {
  it('lies between neighbours in proportion', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    // Place 0.99 · (5 − 1) = 3.96: 0.96 of the way from 40 to 50.
    expect(quantile([10, 20, 30, 40, 50], 0.99)).toBeCloseTo(49.6, 12);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('gives no figure for nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('interleave', () => {
  it('takes one sample of each in every round and turns the order', async () => {
    const order: string[] = [];
    const samples = await interleave(['a', 'b', 'c'], 3, (name) => {
      order.push(name);
      return Promise.resolve(`${name}${order.length}`);
    });
    expect(order.join('')).toBe('abcbcacab');
    expect(samples).toEqual([
      ['a1', 'a6', 'a8'],
      ['b2', 'b4', 'b9'],
      ['c3', 'c5', 'c7'],
    ]);
  });
});
