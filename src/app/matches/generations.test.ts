import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tooMany } from './generations';

describe('tooMany', () => {
  it('lets go of the version in the narrowest gap, the older of two alike', () => {
    // Gaps around 10, 12, 20 and 30: 12, 10, 18, 20.
    expect(tooMany([0, 10, 12, 20, 30, 40], 5)).toEqual([12]);
    expect(tooMany([0, 10, 20, 30, 40], 4)).toEqual([10]);
  });

  it('lets nothing go while there is room', () => {
    expect(tooMany([1, 2, 3], 3)).toEqual([]);
  });

  it('keeps the first, the last and whatever must stay', () => {
    expect(tooMany([0, 1, 2, 9], 2)).toEqual([1, 2]);
    expect(tooMany([0, 1, 2, 9], 3, new Set([1]))).toEqual([2]);
    expect(tooMany([0, 1, 2, 9], 2, new Set([1, 2]))).toEqual([]);
  });

  it('keeps a growing run spread over its whole length: no gap is over four times its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 1000 }), fc.integer({ min: 8, max: 60 }), (updates, most) => {
        let kept: number[] = [];
        for (let version = 0; version <= updates; version++) {
          const going = new Set(tooMany([...kept, version], most));
          kept = [...kept, version].filter((each) => !going.has(each));
        }
        expect(kept.length).toBeLessThanOrEqual(most);
        const share = updates / (most - 1);
        for (let i = 1; i < kept.length; i++) {
          expect(kept[i]! - kept[i - 1]!).toBeLessThanOrEqual(Math.max(1, 4 * share));
        }
      }),
      { numRuns: 30 },
    );
  });
});
