import { afterEach, expect, it, vi } from 'vitest';
import { holdLivenessLock, livenessLockReleased } from './liveness-lock';

const never = new AbortController().signal;
const own = 'playtrain-test-own';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('is released when the worker that holds it ends, and not before', async () => {
  const name = `playtrain-test-${crypto.getRandomValues(new Uint32Array(1)).join('')}`;
  const script = `navigator.locks.request(self.name, () => { postMessage('held'); return new Promise(() => {}); })`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])), { name });
  await new Promise((resolve) => {
    worker.onmessage = resolve;
  });
  let released = false;
  const ended = livenessLockReleased(name, never).then((isTold) => {
    released = isTold;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(released).toBe(false);
  worker.terminate();
  await ended;
  expect(released).toBe(true);
});

it.each([
  ['missing', {}],
  ['refused', { locks: { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) } }],
  [
    'refused at once',
    {
      locks: {
        request: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      },
    },
  ],
])('where locks are %s, says so and takes nobody for ended', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  expect(await holdLivenessLock()).toBe(false);
  expect(await livenessLockReleased(own, never)).toBe(false);
});

it('is not waited for where the browser does not answer', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: { request: () => new Promise(() => {}) } });
  const held = holdLivenessLock();
  vi.runAllTimers();
  expect(await held).toBe(false);
});
