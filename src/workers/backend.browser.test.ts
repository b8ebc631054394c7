import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { readTensor } from '../agent/tensor-backend';
import { openBackend } from './backend';
import { openWebgl } from './webgl';

/** Σ (2x)² over 1, 2, 3 is 4 · 14. */
async function sumOfSquares(): Promise<number> {
  const sum = tf.tidy(() => tf.sum(tf.square(tf.mul(tf.tensor1d([1, 2, 3]), 2))));
  const [value] = await readTensor(sum);
  sum.dispose();
  return value!;
}

it.each(['cpu', 'wasm', 'webgl'] as const)('opens %s when it is chosen, and computes on it', async (name) => {
  expect(await openBackend(name)).toMatchObject({ name });
  expect(tf.getBackend()).toBe(name);
  expect(await sumOfSquares()).toBe(56);
  const [slope] = await readTensor(tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([3])));
  expect(slope).toBe(6);
});

it('says what renders', async () => {
  expect((await openBackend('webgl')).renderer).not.toBe('');
});

it('says why where there is no WebGL', async () => {
  vi.stubGlobal('OffscreenCanvas', undefined);
  try {
    const { openWebgl: openElsewhere } = await import('./webgl?without-webgl' as string);
    await expect((openElsewhere as typeof openWebgl)()).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('no canvas') as string,
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

it('tells of a lost context, ends waiting reads, and opens again', async () => {
  await openBackend('webgl');
  const lost = vi.fn<() => void>();
  const stop = (await openWebgl()).onLost(lost);
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu;
  // Large enough that tfjs does not compute it on the processor.
  const pending = readTensor(tf.mul(tf.ones([1000]), 2));
  gl.getExtension('WEBGL_lose_context')!.loseContext();
  await expect(pending).rejects.toMatchObject({ code: 'context-lost' });
  expect(lost).toHaveBeenCalledOnce();
  stop();
  expect(await openBackend('webgl')).toMatchObject({ name: 'webgl' });
  expect(await sumOfSquares()).toBe(56);
});
