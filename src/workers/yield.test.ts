import { expect, it } from 'vitest';
import { createSparseYield, createYield } from './yield';

it('createYield lets every message in that was queued before', async () => {
  const { port1, port2 } = new MessageChannel();
  const heard: number[] = [];
  port1.onmessage = ({ data }: MessageEvent<number>) => heard.push(data);
  const yieldToMessages = createYield();
  for (let number = 0; number < 5; number++) port2.postMessage(number);
  await yieldToMessages();
  expect(heard).toEqual([0, 1, 2, 3, 4]);
  port1.close();
});

it('createSparseYield yields every few milliseconds only', async () => {
  let nowMs = 0;
  const yieldedMs: number[] = [];
  const breathe = createSparseYield(
    4,
    () => nowMs,
    async () => {
      yieldedMs.push(nowMs);
      nowMs += 0.5;
    },
  );
  for (; nowMs < 20; nowMs += 1.5) await breathe();
  // From 0 in steps of 1.5: at 4.5; then from 5 on, at 6.5, 8, 9.5; and so on.
  expect(yieldedMs).toEqual([4.5, 9.5, 14.5, 19.5]);
});
