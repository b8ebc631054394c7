import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airyRange, shownRange, tickLabels } from './axis-ticks';

describe('ticks', () => {
  it('never have two names alike', () => {
    expect(tickLabels([1.405, 1.41, 1.415])).toEqual(['1.405', '1.41', '1.415']);
    expect(tickLabels([0.6915, 0.692, 0.6925])).toHaveLength(3);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (first, step, count) => {
          const splits = Array.from({ length: count }, (_, index) => first + index * step);
          const names = tickLabels(splits);
          fc.pre(new Set(splits).size === count);
          expect(new Set(names).size).toBe(count);
        },
      ),
    );
  });

  it('have a true minus sign', () => {
    expect(tickLabels([-0.0025, 0])[0]).toBe('−0.0025');
  });
});

describe('the range of a chart', () => {
  const calm = Array.from({ length: 100 }, (_, index) => 0.5 + 0.004 * index);

  it('leaves out what would flatten everything else', () => {
    const [low, high] = shownRange([-1e6, ...calm]) ?? [0, 0];
    expect(low).toBeGreaterThan(-2);
    expect(high).toBeCloseTo(0.896, 6);
  });

  it('shows every value of a curve without outliers, and of one of few values', () => {
    expect(shownRange(calm)).toEqual([0.5, calm.at(-1)]);
    expect(shownRange([null, -1e6, 1])).toEqual([-1e6, 1]);
    expect(shownRange([null])).toBeNull();
  });

  it('has a height whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }))), (values) => {
        const [low, high] = airyRange(shownRange(values));
        expect(high).toBeGreaterThan(low);
      }),
      { examples: [[[5e-324]], [[0, 5e-324]]] },
    );
  });
});
