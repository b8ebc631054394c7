import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { PlaytrainError } from '../contract';

/**
 * Reads a float tensor without blocking the thread.
 *
 * tfjs never settles a read whose WebGL context was lost meanwhile, and may answer with zeros when it was lost before;
 * so the context is asked first and last, and its loss is listened for while waiting.
 *
 * @returns the tensor's numbers, row-major; a copy.
 * @throws PlaytrainError `context-lost` when the graphics context is gone.
 */
export async function readTensor(tensor: tf.Tensor): Promise<Float32Array<ArrayBuffer>> {
  if (tf.getBackend() !== 'webgl') return new Float32Array((await tensor.data()) as Float32Array);
  const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
  const refuseLost = () => {
    if (gl.isContextLost()) throw contextLost();
  };
  refuseLost();
  const listening = new AbortController();
  const lost = new Promise<never>((_, reject) => {
    const { signal } = listening;
    gl.canvas.addEventListener('webglcontextlost', () => reject(contextLost()), { signal });
  });
  try {
    const numbers = new Float32Array((await Promise.race([tensor.data(), lost])) as Float32Array);
    refuseLost();
    return numbers;
  } finally {
    listening.abort();
  }
}

/** What every wait for a graphics context that is gone ends with. */
export function contextLost(): PlaytrainError {
  return new PlaytrainError(
    'context-lost',
    'The graphics context was lost during an update; set it up again and go on from the last weights.',
  );
}

/** Of textures that tfjs knows nothing of. */
let ownBytes = 0;

/** Counts a texture of ours that was made (positive) or deleted (negative). */
export function countGpuBytes(bytes: number): void {
  ownBytes += bytes;
}

/** The GPU memory that live tensors and our own textures take, in bytes; 0 where the backend uses none. */
export function gpuBytes(): number {
  if (tf.getBackend() !== 'webgl') return ownBytes;
  const memory: { numBytesInGPU?: number } = tf.memory() as object;
  return (memory.numBytesInGPU ?? 0) + ownBytes;
}
