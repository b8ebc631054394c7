import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { contextLost, DeviceWait } from './device-wait';

/** Between two looks at a device that is read from by tfjs, which keeps no time itself. */
const lookMs = 50;

/**
 * Reads a float tensor without blocking the thread.
 *
 * tfjs never settles a read whose WebGL context was lost meanwhile, or whose device hangs, and may answer with zeros when
 * it was lost before; so the context is asked first and last, its loss is listened for while waiting, and the wait ends.
 *
 * @returns the tensor's numbers, row-major; a copy.
 * @throws PlaytrainError `context-lost` when the graphics context is gone, or the device hangs.
 */
export async function readTensor(tensor: tf.Tensor): Promise<Float32Array<ArrayBuffer>> {
  if (tf.getBackend() !== 'webgl') return new Float32Array((await tensor.data()) as Float32Array);
  // tfjs's type says WebGL 1; the backend is opened with WebGL 2 only.
  const gl = (tf.backend() as MathBackendWebGL).gpgpu.gl as WebGL2RenderingContext;
  const refuseLost = () => {
    if (gl.isContextLost()) throw contextLost();
  };
  refuseLost();
  const reading = new AbortController();
  const { signal } = reading;
  const lost = new Promise<never>((_, reject) => {
    gl.canvas.addEventListener('webglcontextlost', () => reject(contextLost()), { signal });
  });
  try {
    const data = Promise.race([tensor.data(), lost, hanging(gl, signal)]);
    const numbers = new Float32Array((await data) as Float32Array);
    refuseLost();
    return numbers;
  } finally {
    reading.abort();
  }
}

/** Rejects when the device hangs; never settles otherwise. */
async function hanging(gl: WebGL2RenderingContext, signal: AbortSignal): Promise<never> {
  for (const wait = new DeviceWait(gl); !signal.aborted; wait.look()) {
    // Every browser's platform has it.
    await new Promise<void>((resolve) => tf.env().platform.setTimeoutCustom!(resolve, lookMs));
  }
  return new Promise<never>(() => {});
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
