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

it('still moves long after it was expected', () => {
  // From 5 to 10 times what is usual: 1 - 6^-2 = 0.972 to 1 - 11^-2 = 0.992.
  expect(estimatedShare(20_000, null, null)).toBeGreaterThan(estimatedShare(10_000, null, null) + 0.005);
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      fc.double({ min: 1, max: 1e4, noNaN: true }),
      (expectedMs, times) => {
        const shareAfter = (elapsedMs: number) => estimatedShare(elapsedMs, expectedMs, 1);
        expect(shareAfter(expectedMs * times * 1.01)).toBeGreaterThan(shareAfter(expectedMs * times));
      },
    ),
  );
});

it('takes twice as much for twice as long to come', () => {
  expect(estimatedShare(4000, 200_000, 50)).toBeCloseTo(estimatedShare(2000, 100_000, 50), 12);
});
