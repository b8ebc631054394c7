import { expect, it } from 'vitest';
import { FenceLatency } from './fence-latency';

/** A device that has work, and whose fences are seen to be signalled so much later. */
function madeUpDevice(latenessMs: readonly number[]) {
  let nowMs = 0;
  let queuedMs = 0;
  let waits = 0;
  return {
    ask: (workMs: number) => {
      queuedMs += workMs;
    },
    latency: new FenceLatency(
      async () => {
        nowMs += queuedMs + latenessMs[waits++ % latenessMs.length]!;
        queuedMs = 0;
      },
      () => nowMs,
    ),
    nowMs: () => nowMs,
  };
}

it('leaves the work of a device whose fences signal late, however late that is', async () => {
  for (const lateMs of [0, 0.3, 4, 25]) {
    const { ask, latency, nowMs } = madeUpDevice([lateMs]);
    for (let slice = 0; slice < 6; slice++) {
      const startMs = nowMs();
      ask(8);
      const idleMs = await latency.settle();
      expect(nowMs() - startMs - idleMs).toBeCloseTo(8);
    }
  }
});

it('is off by no more than latencies differ', async () => {
  const { ask, latency, nowMs } = madeUpDevice([2, 5, 1, 3, 9]);
  for (let slice = 0; slice < 20; slice++) {
    const startMs = nowMs();
    ask(8);
    const idleMs = await latency.settle();
    expect(Math.abs(nowMs() - startMs - idleMs - 8)).toBeLessThanOrEqual(8);
  }
});
