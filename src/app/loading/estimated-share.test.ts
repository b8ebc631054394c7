import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimatedShare } from './estimated-share';

const time = fc.double({ min: 0, max: 1e7, noNaN: true });
const known = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }));

it('begins at nothing, only grows, and never says that all is there', () => {
  fc.assert(
    fc.property(time, time, known, known, (a, b, bytes, rate) => {
      const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
      expect(estimatedShare(0, bytes, rate)).toBe(0);
      expect(estimatedShare(later, bytes, rate)).toBeGreaterThanOrEqual(estimatedShare(sooner, bytes, rate));
      expect(estimatedShare(later, bytes, rate)).toBeLessThan(1);
    }),
  );
});

it('takes twice as much for twice as long to come', () => {
  expect(estimatedShare(4000, 200_000, 50)).toBeCloseTo(estimatedShare(2000, 100_000, 50), 12);
});
