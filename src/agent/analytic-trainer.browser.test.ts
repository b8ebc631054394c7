import { describe, expect, it } from 'vitest';
import { createSimdTrainer, isSimdAvailable } from './analytic-trainer';
import { fingerprints, simdFingerprints } from './testing/analytic-fingerprint';
import { describeTrainer } from './testing/trainer-properties';

describe('analytic, SIMD kernels, in a browser', () => {
  it('is available', () => {
    expect(isSimdAvailable()).toBe(true);
  });

  it('comes to the same bits as in Node', async () => {
    expect(await simdFingerprints()).toEqual(fingerprints);
  });

  describeTrainer(createSimdTrainer);
});
