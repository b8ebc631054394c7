import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBackend } from '../workers/backend';
import { Learner } from './learner';
import { describeLearner, learnerSettings, startLearner } from './testing/learner-properties';
import { webglBackend } from './webgl-backend';

describe('a learner on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeLearner(webglBackend);

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
