import { describe, expect, it } from 'vitest';
import { curvePoints } from '../../streams/metric-points';
import { areOfOneRun } from './open-run';

const curve = (meanReturns: readonly (number | null)[], first = 1) =>
  curvePoints(
    meanReturns.map((meanReturn, i) => ({
      version: first + i,
      decisions: 2048 * (first + i),
      meanReturn,
      meanLength: 10,
    })),
  );

describe('areOfOneRun', () => {
  it('knows a run by what it came to at the newest update that both curves know', () => {
    expect(areOfOneRun(curve([0.1, 0.2]), curve([0.1, 0.2, 0.3]))).toBe(true);
    // The older one was thinned meanwhile.
    expect(areOfOneRun(curve([0.1, 0.2, 0.3]), curve([0.2], 2))).toBe(true);
    expect(areOfOneRun(curve([0.1, 0.2]), curve([0.1, 0.25, 0.3]))).toBe(false);
  });

  it('takes nothing for granted where the curves share no update, or no return yet', () => {
    expect(areOfOneRun(curve([0.1]), curve([0.2], 2))).toBe(false);
    expect(areOfOneRun(curve([]), curve([0.1]))).toBe(false);
    expect(areOfOneRun(curve([null]), curve([null]))).toBe(false);
  });
});
