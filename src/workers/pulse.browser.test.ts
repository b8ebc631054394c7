import { wrap } from 'comlink';
import { expect, it } from 'vitest';
import { Pulse } from './pulse';
import type { LoopingService } from './testing/looping.worker';

async function withPulse() {
  const worker = new Worker(new URL('./testing/looping.worker.ts', import.meta.url), { type: 'module' });
  const service = wrap<LoopingService>(worker);
  const port = await service.pulse();
  if (port === null) throw new Error('The worker has no pulse.');
  const pulse = new Pulse(port, () => {});
  await pulse.ping();
  return { worker, service, pulse };
}

it('answers while the worker computes', async () => {
  const { worker, service, pulse } = await withPulse();
  void service.loop();
  for (let question = 0; question < 20; question++) await pulse.ping();
  worker.terminate();
});

it('answers no more once the worker has ended', async () => {
  const { service, pulse } = await withPulse();
  void service.end();
  const isAnswered = () =>
    Promise.race([
      pulse.ping().then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 100)),
    ]);
  await expect.poll(isAnswered, { timeout: 10_000 }).toBe(false);
});
