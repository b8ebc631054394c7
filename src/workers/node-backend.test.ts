import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openNodeBackend } from './node-backend';

it.each(['cpu', 'wasm'] as const)('opens %s when it is chosen, with gradients', async (name) => {
  expect(await openNodeBackend(name)).toMatchObject({ name, renderer: '' });
  expect(tf.getBackend()).toBe(name);
  // d(x²)/dx at 3 is 6.
  const slope = tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([3]));
  expect(Array.from(await slope.data())).toEqual([6]);
});

it('prefers WebAssembly when nothing is chosen', async () => {
  expect((await openNodeBackend('auto')).name).toBe('wasm');
});

it('refuses WebGL with a sentence', async () => {
  await expect(openNodeBackend('webgl')).rejects.toMatchObject({ code: 'backend-unavailable' });
});
