import { describe, expect, it } from 'vitest';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import { fingerprints, simdFingerprints } from './testing/analytic-fingerprint';
import { describeRandomShapes } from './testing/random-shapes';
import { describeTrainer } from './testing/trainer-properties';

for (const [kernels, createTrainer] of [
  ['plain kernels', createPlainTrainer],
  ['SIMD kernels', createSimdTrainer],
] as const) {
  describe(`analytic, ${kernels}`, () => {
    describeTrainer(createTrainer);
    describeRandomShapes(createTrainer);
  });
}

describe('analytic, SIMD kernels', () => {
  it('comes to the same bits as in a browser', async () => {
    expect(await simdFingerprints()).toEqual(fingerprints);
  });
});
