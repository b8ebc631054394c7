import { type Transferable, Worker } from 'node:worker_threads';
import type { GatheringStart, OpenGathering } from './gathering';
import { beginGathering } from './gathering-door';

/** Gathers in a thread of this process. */
export function gatherBeside(start: GatheringStart): Promise<OpenGathering> {
  const worker = new Worker(new URL('./gathering-thread.mjs', import.meta.url));
  const { port1, port2 } = new MessageChannel();
  const death = new Promise<never>((_, reject) => {
    worker.once('error', reject);
  });
  // Node's ports are what browsers' are, but for types.
  worker.postMessage(port2, [port2 as unknown as Transferable]);
  return beginGathering(port1, start, death, () => {
    port1.close();
    void worker.terminate();
  });
}
