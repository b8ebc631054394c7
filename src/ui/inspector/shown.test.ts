import { describe, expect, it } from 'vitest';
import type { CapturedUpdate } from '../../contract';
import { asUsed } from '../../inspector/what-if';
import { shownOf } from './shown';
import { litStretches, stemRows } from './stem-rows';
import { columnSpans, stemsPath } from './stems';
import { isClipped } from './steps-table';

/** Two steps of one agent, with advantages that no formula would come to. */
const captured: CapturedUpdate = {
  version: 1,
  shape: { steps: 2, agents: 1, observationSize: 1, actionSize: 1, maskSize: 0 },
  settings: {
    discount: 0.5,
    gaeLambda: 0.5,
    bootstrapTruncated: true,
    clipRange: 0.2,
    minibatchSize: 2,
    decisionIntervalTicks: 1,
  },
  rewards: Float32Array.of(1, 2),
  values: Float32Array.of(0.5, 1, 1.5),
  finalValues: new Float32Array(2),
  terminated: new Uint8Array(2),
  truncated: new Uint8Array(2),
  valid: Uint8Array.of(1, 1),
  advantages: Float32Array.of(7, 8),
  returns: Float32Array.of(9, 10),
  agent: 0,
  observations: new Float32Array(2),
  actions: new Float32Array(2),
  logProbabilities: new Float32Array(2),
  newLogProbabilities: new Float32Array(2),
  ratios: Float32Array.of(1, 1),
  normalised: Float32Array.of(-1, 1),
  firstDecision: null,
  states: new Float64Array(0),
};

describe('what is shown of an update', () => {
  it('is what it used, whatever would be worked out, as long as nothing is changed', () => {
    const shown = shownOf(captured, asUsed(captured));
    expect([shown.advantages, shown.returns, shown.normalised(1)]).toEqual([
      captured.advantages,
      captured.returns,
      1,
    ]);
  });

  it('is worked out anew once something is', () => {
    // λ = 0: A = δ = 1 + ½·1 − ½, 2 + ½·1.5 − 1.
    const shown = shownOf(captured, { ...asUsed(captured), gaeLambda: 0 });
    expect([...shown.advantages]).toEqual([1, 1.75]);
    expect(shown.residuals).toEqual(shown.advantages);
    expect(shown.surprises).toEqual([1, 0]);
    expect(shown.normalised(1)).toBeNaN();
  });
});

describe('what a change of λ leaves as it is', () => {
  it('is taken from what was shown before, and the rest is worked out', () => {
    const used = asUsed(captured);
    const before = shownOf(captured, used);
    const after = shownOf(captured, { ...used, gaeLambda: 0 }, before);
    expect(after.residuals).toBe(before.residuals);
    expect(after).toEqual({
      ...shownOf(captured, after.whatIf),
      nextValue: expect.any(Function),
      normalised: expect.any(Function),
    });
    const other = shownOf(captured, { ...used, discount: 0 }, before);
    expect([...other.residuals]).toEqual([0.5, 1]);
  });
});

describe('the stems', () => {
  it('of A are on one scale with those that were used', () => {
    const used = asUsed(captured);
    expect(stemRows(shownOf(captured, used))[3]).toMatchObject({ ghost: null, largest: 8 });
    const [, , residual, advantage] = stemRows(shownOf(captured, { ...used, gaeLambda: 0 }));
    expect(residual).toMatchObject({ numbers: Float32Array.of(1, 1.75), ghost: null, largest: 1.75 });
    expect(advantage).toMatchObject({
      name: 'A',
      numbers: Float32Array.of(1, 1.75),
      ghost: Float32Array.of(7, 8),
      largest: 8,
    });
    expect(stemsPath(advantage!.numbers, 8)).toBe('M0.5 20v-2.5M1.5 20v-4.38');
  });

  it('that another λ leaves as they are, are the same rows', () => {
    const used = asUsed(captured);
    const before = shownOf(captured, used);
    const rows = stemRows(before);
    const other = stemRows(shownOf(captured, { ...used, gaeLambda: 0 }, before), rows);
    expect(other.map((row, index) => row === rows[index])).toEqual([true, true, true, false]);
  });

  it('that share a column go as far up and down as the longest of them', () => {
    const numbers = Float32Array.of(1, -2, 4, 0, -1, -1);
    expect(columnSpans(numbers, 4, 3)).toEqual({
      up: Float32Array.of(0.25, 1, 0),
      down: Float32Array.of(0.5, 0, 0.25),
    });
    const none = Float32Array.of(0, 0);
    expect(columnSpans(new Float32Array(2), 0, 2)).toEqual({ up: none, down: none });
  });
});

describe('the surprises that feed an advantage', () => {
  it('are lit by their weights, in few stretches', () => {
    const used = asUsed(captured);
    expect(litStretches(shownOf(captured, used), 0)).toEqual([
      { first: 0, count: 1, weight: 1 },
      { first: 1, count: 1, weight: 0.25 },
    ]);
    const all = shownOf(captured, { ...used, discount: 1, gaeLambda: 1 });
    expect(litStretches(all, 0)).toEqual([{ first: 0, count: 2, weight: 1 }]);
  });
});

describe('the clip', () => {
  it('is judged by the advantage as its minibatch had centred it, not by its own sign', () => {
    const far = { ...captured, ratios: Float32Array.of(1.5, 1.5) };
    // A is 7 and 8; centred −1 and 1: the first is pulled back, which nothing stops.
    expect([isClipped(far, 0), isClipped(far, 1)]).toEqual([false, true]);
    const near = { ...captured, ratios: Float32Array.of(0.5, 0.5) };
    expect([isClipped(near, 0), isClipped(near, 1)]).toEqual([true, false]);
    const unknown = { ...far, normalised: Float32Array.of(Number.NaN, Number.NaN) };
    expect([isClipped(unknown, 0), isClipped(unknown, 1)]).toEqual([false, false]);
  });
});
