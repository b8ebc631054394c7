import { describe, expect, it } from 'vitest';
import type { CapturedUpdate } from '../../contract';
import { asUsed } from '../../inspector/what-if';
import { shownOf } from './shown';

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
