import * as tf from '@tensorflow/tfjs-core';
import { createFusedTrainer } from './fused-trainer';
import { gpuBytes } from './tensor-backend';
import type { UpdateBackend } from './update-backend';

/** Updates on tfjs’s WebGL backend, which must be open. */
export const webglBackend: UpdateBackend = {
  name: 'webgl',
  simd: null,
  createTrainer: createFusedTrainer,
  memory: () => ({ liveTensors: tf.memory().numTensors, gpuBytes: gpuBytes() }),
};
