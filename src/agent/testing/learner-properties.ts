import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type Hyperparameters, sb3Hyperparameters } from '../../contract';
import { Learner } from '../learner';
import { policyLayout } from '../policy';
import { gpuBytes } from '../tensor-backend';
import type { UpdateBackend } from '../update-backend';
import { syntheticRollout } from './synthetic-rollout';
import { testSpaces, testSpec } from './training-cases';

export const sizes = { steps: 32, arenas: 4 };

export const learnerSettings: Hyperparameters = {
  ...sb3Hyperparameters,
  rolloutLength: sizes.steps,
  arenas: sizes.arenas,
  minibatchSize: 32,
  epochs: 2,
  hiddenSizes: [16, 16],
};

/** A learner in the made-up world of `syntheticRollout`, and a way to feed it. */
export function startLearner(
  settings: Hyperparameters = learnerSettings,
  spaceName = 'discrete',
  backend?: UpdateBackend,
) {
  const spec = testSpec(testSpaces[spaceName]!);
  const layout = policyLayout(spec, settings);
  let nowMs = 0;
  const learner = Learner.create({
    spec,
    hyperparameters: settings,
    clock: () => (nowMs += 10),
    breathe: async () => {},
    ...(backend && { backend }),
  });
  const rollout = (seed = learner.snapshot().version) =>
    syntheticRollout(spec, layout, learner.snapshot(), sizes, seed);
  return { learner, spec, layout, rollout };
}

/** What must hold of a learner on any backend that is open, with any trainer that works on it. */
export function describeLearner(backend?: UpdateBackend): void {
  const start = (settings = learnerSettings, spaceName = 'discrete') =>
    startLearner(settings, spaceName, backend);

  for (const spaceName of Object.keys(testSpaces)) {
    it(`starts each update at ratio 1: ${spaceName}`, async () => {
      const { learner, rollout } = start(learnerSettings, spaceName);
      for (let update = 0; update < 3; update++) {
        const { metrics } = await learner.update(rollout());
        expect(metrics.firstRatioDeviation).toBeLessThan(1e-5);
      }
      learner.dispose();
    });
  }

  it('holds as many tensors and GPU bytes after update 20 as after update 2', async () => {
    const tensorsBefore = tf.memory().numTensors;
    const { learner, rollout } = start({ ...learnerSettings, targetKl: 0.05 });
    await learner.warmUp();
    const held: unknown[] = [];
    for (let update = 1; update <= 20; update++) {
      const { metrics } = await learner.update(rollout());
      held.push([metrics.liveTensors, metrics.gpuBytes]);
    }
    expect(held[19]).toEqual(held[1]);
    learner.dispose();
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });

  it('warms up without leaving tensors or touching what is learned', async () => {
    const { learner } = start();
    const before = JSON.stringify(learner.trainingState());
    const tensors = tf.memory().numTensors;
    const bytes = gpuBytes();
    await learner.warmUp();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(gpuBytes()).toBe(bytes);
    expect(JSON.stringify(learner.trainingState())).toBe(before);
    learner.dispose();
  });

  it('learns what pays', async () => {
    const { learner, rollout } = start({ ...learnerSettings, learningRate: 3e-3, discount: 0 });
    const share = ({ rollout: { rewards } }: ReturnType<typeof rollout>) =>
      rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
    expect(share(rollout())).toBeLessThan(0.65);
    for (let update = 0; update < 30; update++) await learner.update(rollout());
    expect(share(rollout())).toBeGreaterThan(0.9);
    learner.dispose();
  });
}
