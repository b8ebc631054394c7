import { describe, expect, it } from 'vitest';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import { checkedRatioDeviation } from './ratio-check';
import { logProbabilityRounding } from './rounding';
import { describeRatioCheck } from './testing/ratio-properties';
import { allRows, testSpaces, trainingCase } from './testing/training-cases';

describe('the ratio check with plain kernels', () => {
  describeRatioCheck(createPlainTrainer);
});

describe('the ratio check with SIMD kernels', () => {
  describeRatioCheck(createSimdTrainer);
});

describe('the ratio check', () => {
  it('asks nothing of steps by another version', () => {
    const { layout, state, batch } = trainingCase(testSpaces['discrete']!, 8, 1);
    const others = { ...batch, onVersion: new Uint8Array(8) };
    expect(checkedRatioDeviation(5, layout, state.parameters, others, allRows(8))).toBeNull();
  });

  it('knows how little rounding there is in a policy whose numbers are of the size of 1', () => {
    for (const space of Object.values(testSpaces)) {
      const { layout, state, batch } = trainingCase(space, 8, 1);
      for (let row = 0; row < 8; row++) {
        const rounding = logProbabilityRounding(layout, state.parameters, batch, row);
        expect(rounding).toBeGreaterThan(1e-7);
        expect(rounding).toBeLessThan(3e-5);
      }
    }
  });
});
