import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPlainTrainer, createSimdTrainer } from './analytic-trainer';
import { fingerprints, simdFingerprints } from './testing/analytic-fingerprint';
import { describeRandomShapes } from './testing/random-shapes';
import { describeTrainer } from './testing/trainer-properties';
import { testSpaces, trainingCase } from './testing/training-cases';

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
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('refuse an engine without WebAssembly SIMD with a sentence', async () => {
    vi.stubGlobal('WebAssembly', { ...WebAssembly, validate: () => false });
    vi.resetModules();
    const trainers = await import('./analytic-trainer');
    const { layout, state } = trainingCase(testSpaces['discrete']!, 8, 1);
    expect(trainers.isSimdAvailable()).toBe(false);
    expect(() => trainers.createSimdTrainer(layout, state)).toThrow(/choose the JavaScript backend/);
    trainers.createPlainTrainer(layout, state).dispose();
  });

  it('go without multiply-add where the engine knows none, whatever is asked for', async () => {
    const known = WebAssembly.validate;
    let asked = 0;
    // The second module that is asked about is the one with relaxed SIMD.
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Module: WebAssembly.Module,
      validate: (bytes: Uint8Array<ArrayBuffer>) => ++asked === 1 && known(bytes),
    });
    vi.resetModules();
    const trainers = await import('./analytic-trainer');
    const backends = await import('./update-backend');
    const { layout, state } = trainingCase(testSpaces['discrete']!, 8, 1);
    expect(trainers.isFmaAvailable()).toBe(false);
    expect(trainers.isSimdAvailable()).toBe(true);
    expect(backends.quickHostBackend('wasm')).toBe(backends.hostBackends.wasm);
    expect(() => trainers.createFmaTrainer(layout, state)).toThrow(/relaxed SIMD/);
  });

  it('comes to the same bits as in a browser', async () => {
    expect(await simdFingerprints()).toEqual(fingerprints);
  });
});
