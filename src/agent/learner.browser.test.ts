import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBackend } from '../workers/backend';
import type { FullRollout } from './full-rollout';
import { Learner, type LearnerUpdate } from './learner';
import { describeLearner, learnerSettings, startLearner } from './testing/learner-properties';
import { hostBackends } from './update-backend';
import { webglBackend } from './webgl-backend';

describe('a learner on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  afterEach(() => vi.restoreAllMocks());
  describeLearner(webglBackend);

  /** What two collectors may hand over: ends and cuts in the middle, and steps that are not the learner's. */
  function handedOver(rollout: (seed?: number) => FullRollout, seed: number): FullRollout {
    const full = rollout(seed);
    const { truncated, terminated, valid, finalValues } = full.rollout;
    for (let cell = seed; cell < valid.length; cell += 7) {
      valid[cell] = 0;
      truncated[cell - 1] = terminated[cell - 1] === 0 ? 1 : 0;
      finalValues[cell - 1] = 3;
    }
    return full;
  }

  for (const collectors of [1, 2, 3]) {
    it(`learns what one on the host does, from ${collectors} rollouts at once`, async () => {
      const settings = { ...learnerSettings, arenas: collectors * learnerSettings.arenas, targetKl: 0.5 };
      const results = [];
      for (const backend of [webglBackend, hostBackends.cpu]) {
        const { learner, rollout } = startLearner(settings, 'discrete', backend);
        const parts = Array.from({ length: collectors }, (_, part) => handedOver(rollout, part + 1));
        results.push(await learner.update(...parts));
        learner.dispose();
      }
      const [device, host] = results as [LearnerUpdate, LearnerUpdate];
      expect(host.metrics.minibatches).toBeGreaterThan(3);
      expect(device.metrics.minibatches).toBe(host.metrics.minibatches);
      const names = [
        'explainedVariance',
        'policyLoss',
        'valueLoss',
        'gradientNorm',
        'approximateKl',
      ] as const;
      for (const name of names) expect(device.metrics[name]).toBeCloseTo(host.metrics[name]!, 4);
      const { parameters } = host.snapshot;
      const differences = device.snapshot.parameters.map((number, i) => Math.abs(number - parameters[i]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    });
  }

  it('writes to the device once an update and waits for it once, when all is done', async () => {
    const gl = (tf.backend() as MathBackendWebGL).gpgpu.gl as WebGL2RenderingContext;
    const { learner, rollout } = startLearner(learnerSettings, 'discrete', webglBackend);
    await learner.update(rollout());
    const next = rollout();
    const [upload, fence, download] = (['texSubImage2D', 'fenceSync', 'getBufferSubData'] as const).map(
      (name) => vi.spyOn(gl, name),
    );
    await learner.update(next);
    for (const call of [upload, fence, download]) expect(call).toHaveBeenCalledTimes(1);
    learner.dispose();
  });

  it('loses no more than the update under way with the graphics context', async () => {
    const { learner, spec, rollout } = startLearner(learnerSettings, 'discrete', webglBackend);
    await learner.update(rollout());
    const kept = learner.trainingState();
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    const interrupted = learner.update(rollout());
    gl.getExtension('WEBGL_lose_context')!.loseContext();
    await expect(interrupted).rejects.toMatchObject({ code: 'context-lost' });
    expect(learner.trainingState()).toEqual(kept);

    await openBackend('webgl');
    const clock = () => 0;
    const breathe = async () => {};
    const next = Learner.create({
      spec,
      hyperparameters: learnerSettings,
      state: kept,
      clock,
      breathe,
      backend: webglBackend,
    });
    const { metrics, snapshot } = await next.update(rollout());
    expect(metrics.firstRatioDeviation).toBeLessThan(1e-5);
    expect(snapshot.parameters).not.toEqual(kept.parameters);
    next.dispose();
  });
});
