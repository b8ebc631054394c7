import { type Remote, wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import type { SharingWorker } from './testing/sharing.worker';

const made: Worker[] = [];
afterEach(() => {
  for (const worker of made.splice(0)) worker.terminate();
});

/** A learner's thread, which may wait for others. */
function learning(): Remote<SharingWorker> {
  const worker = new Worker(new URL('./testing/sharing.worker.ts', import.meta.url), { type: 'module' });
  made.push(worker);
  return wrap<SharingWorker>(worker);
}

describe.each(['discrete', 'continuous', 'product'])('workers that share in a gradient: %s', (space) => {
  it('come to the same weights, however many they are, with either kind of kernels', async () => {
    for (const simd of ['plain', 'fma'] as const) {
      for (const shards of [1, 2, 4]) {
        const { alone, together, lost } = await learning().trained(space, simd, shards, 600);
        expect(lost).toBe(0);
        for (const result of together) expect(result).toEqual(alone);
      }
    }
  });
});
