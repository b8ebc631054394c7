import * as tf from '@tensorflow/tfjs-core';
import { createFusedTrainer } from './fused-trainer';
import { advantagesOnWebgl } from './kernels/gae';
import { gpuBytes } from './tensor-backend';
import type { UpdateBackend } from './update-backend';

/** Updates on tfjs’s WebGL backend, which must be open. */
export const webglBackend: UpdateBackend = {
  name: 'webgl',
  createTrainer: createFusedTrainer,
  estimateAdvantages: (rollout, { discount, gaeLambda, bootstrapTruncated }) =>
    advantagesOnWebgl(rollout, discount, gaeLambda, bootstrapTruncated),
  memory: () => ({ liveTensors: tf.memory().numTensors, gpuBytes: gpuBytes() }),
};
