import { type Remote, transfer, wrap } from 'comlink';
import {
  type HandOverSample,
  type HandOverSubject,
  type Played,
  parcels,
  playDecisions,
} from '../hand-over-run';
import type { HandOverWorker } from './hand-over.worker';

let workers: readonly [Remote<HandOverWorker>, Remote<HandOverWorker>] | null = null;

function spawn(): Remote<HandOverWorker> {
  const worker = new Worker(new URL('./hand-over.worker.ts', import.meta.url), { type: 'module' });
  return wrap<HandOverWorker>(worker);
}

/** Hands over between two workers, or this thread and one, which stay for the next. */
export async function sampleHandOver({ parcel, from, by, count }: HandOverSubject): Promise<HandOverSample> {
  workers ??= [spawn(), spawn()];
  const [giver, taker] = workers;
  const { bytes, decisions } = parcels[parcel];
  const sample = ({ milliseconds, hash }: Played) => ({
    decisionsPerSecond: (1000 * count * decisions) / milliseconds,
    hash,
  });
  if (by === 'none') return sample(await giver.alone(count));
  const { port1, port2 } = new MessageChannel();
  const line = { memory: new SharedArrayBuffer(bytes), turns: new SharedArrayBuffer(4) };
  const taken = taker.take(transfer(port2, [port2]), line, parcel, by, count);
  const given =
    from === 'page'
      ? playDecisions({ ...line, port: port1 }, by, count, false, () => performance.now())
      : giver.give(transfer(port1, [port1]), line, parcel, by, count);
  const [played] = await Promise.all([given, taken]);
  return sample(played);
}
