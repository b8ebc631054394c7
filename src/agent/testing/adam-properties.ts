import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { type AdamSettings, adamStep, createAdam, disposeAdam } from '../adam';
import { readTensor } from '../tensor-backend';

const settings: AdamSettings = { learningRate: 0.1, adamEpsilon: 0.1, maxGradientNorm: 0.5 };

/** Takes steps from parameters with fresh moments; returns the parameters and the norms. */
async function steps(start: number[], gradients: readonly number[][], adam: AdamSettings = settings) {
  const zeros = new Float32Array(start.length);
  let state = createAdam(Float32Array.from(start), zeros, zeros, 0);
  const norms: number[] = [];
  for (const gradient of gradients) {
    const tensor = tf.tensor1d(gradient);
    const { next, gradientNorm } = adamStep(state, tensor, adam);
    norms.push((await readTensor(gradientNorm))[0]!);
    disposeAdam(state);
    tf.dispose([tensor, gradientNorm]);
    state = next;
  }
  const parameters = await readTensor(state.parameters);
  disposeAdam(state);
  return { parameters, norms };
}

/** The slow twin: the formula one parameter at a time, in float64. */
function plainSteps(start: number[], gradients: readonly number[][], adam: AdamSettings): number[] {
  const parameters = [...start];
  const mean = start.map(() => 0);
  const variance = start.map(() => 0);
  gradients.forEach((gradient, step) => {
    const norm = Math.hypot(...gradient);
    const coefficient = Math.min(1, adam.maxGradientNorm / (norm + 1e-6));
    for (let i = 0; i < parameters.length; i++) {
      const slope = gradient[i]! * coefficient;
      mean[i] = 0.9 * mean[i]! + 0.1 * slope;
      variance[i] = 0.999 * variance[i]! + 0.001 * slope * slope;
      const correctedMean = mean[i]! / (1 - 0.9 ** (step + 1));
      const correctedVariance = variance[i]! / (1 - 0.999 ** (step + 1));
      parameters[i] =
        parameters[i]! -
        (adam.learningRate * correctedMean) / (Math.sqrt(correctedVariance) + adam.adamEpsilon);
    }
  });
  return parameters;
}

/** What must hold of Adam on any backend that is open. */
export function describeAdam(): void {
  it('takes the first step as worked by hand', async () => {
    // g = [3, 4], ‖g‖ = 5, clipped to 0.5: [0.3, 0.4]. Corrected at step 1: m = [0.3, 0.4], √v = [0.3, 0.4].
    // With ε = 0.1: 0.3/0.4 = 0.75 and 0.4/0.5 = 0.8, so θ = [1 − 0.075, 2 − 0.08].
    const { parameters, norms } = await steps([1, 2], [[3, 4]]);
    expect(norms[0]).toBeCloseTo(5, 5);
    expect(parameters[0]).toBeCloseTo(0.925, 6);
    expect(parameters[1]).toBeCloseTo(1.92, 6);
  });

  it('leaves a gradient alone whose norm is below the clip', async () => {
    // g = [0.3, 0], unclipped: again 0.3/0.4; nothing moves where there is no gradient.
    const { parameters } = await steps([1, 2], [[0.3, 0]]);
    expect(parameters[0]).toBeCloseTo(0.925, 6);
    expect(parameters[1]).toBe(2);
  });

  it('does not move on a gradient of zeros', async () => {
    expect(Array.from((await steps([1, 2], [[0, 0]])).parameters)).toEqual([1, 2]);
  });

  it('equals the plain formula over many steps', async () => {
    const random = SeededRandom.fromSeed(4);
    const row = (scale: number) => Array.from({ length: 200 }, () => scale * random.normal());
    const start = row(1);
    const gradients = Array.from({ length: 12 }, (_, step) => row(10 ** ((step % 4) - 3)));
    const adam = { learningRate: 3e-4, adamEpsilon: 1e-5, maxGradientNorm: 0.5 };
    const { parameters } = await steps(start, gradients, adam);
    const expected = plainSteps(start, gradients, adam);
    const largest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - parameters[i]!)), 0);
    expect(largest).toBeLessThan(1e-6);
  });

  it('leaves no tensor behind', async () => {
    await steps([1, 2], [[3, 4]]);
    const before = tf.memory().numTensors;
    await steps([1, 2], [[3, 4]]);
    expect(tf.memory().numTensors).toBe(before);
  });
}
