import { expect, it } from 'vitest';
import kept from './fixtures/volley-match.json';
import { type MatchTicks, type ReplayTicks, replayTicks } from './testing/replay-ticks';

const { record, ticks, tickDigest } = kept as unknown as MatchTicks;

it('the same seed and actions give the same hash of every tick in a worker, on the page and in Node', async () => {
  const worker = new Worker(new URL('./testing/replay.worker.ts', import.meta.url), { type: 'module' });
  try {
    const replayed = await new Promise<ReplayTicks>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<ReplayTicks>) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
      worker.postMessage(record);
    });
    expect(replayed.hashes).toHaveLength(ticks);
    expect(replayed.hashes).toEqual(replayTicks(record).hashes);
    expect(replayed.tickDigest).toBe(tickDigest);
  } finally {
    worker.terminate();
  }
});
