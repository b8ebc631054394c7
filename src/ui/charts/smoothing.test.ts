import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothed } from './smoothing';

// Adding 0 makes −0 into 0.
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);

describe('smoothing', () => {
  it('is hand-worked: the first value counts fully, then each halves what came before', () => {
    // 8; then ½·8 + ½·4 = 6; then ½·6 + ½·0 = 3.
    expect(smoothed([8, 4, 0], [1, 2, 3], 0.5)).toEqual([8, 6, 3]);
  });

  it('weighs a value three updates older by the cube', () => {
    // 0.5³ = 0.125 of 8, 0.875 of 0.
    expect(smoothed([8, 0], [1, 4], 0.5)).toEqual([8, 1]);
  });

  it('changes nothing at weight 0', () => {
    fc.assert(
      fc.property(fc.array(finite), (values) => {
        const versions = values.map((_, index) => index);
        expect(smoothed(values, versions, 0)).toEqual(values);
      }),
    );
  });

  it('never leaves the range of what it has seen', () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (values, weight) => {
          const result = smoothed(
            values,
            values.map((_, index) => 3 * index),
            weight,
          );
          const slack = 1e-9 * Math.max(...values.map(Math.abs), 1);
          for (const value of result) {
            expect(value).toBeGreaterThanOrEqual(Math.min(...values) - slack);
            expect(value).toBeLessThanOrEqual(Math.max(...values) + slack);
          }
        },
      ),
    );
  });

  it('passes over gaps', () => {
    expect(smoothed([null, 8, null, 0], [1, 2, 3, 4], 0.5)).toEqual([null, 8, null, 2]);
  });
});
