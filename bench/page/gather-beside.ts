import type { GatheringStart, OpenGathering } from '../gathering';
import { beginGathering } from '../gathering-door';

/** Gathers in a worker of this thread's own. */
export function gatherBeside(start: GatheringStart): Promise<OpenGathering> {
  const worker = new Worker(new URL('./gathering.worker.ts', import.meta.url), { type: 'module' });
  const { port1, port2 } = new MessageChannel();
  const death = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(`The worker that gathers died: ${event.message}`));
  });
  worker.postMessage(port2, [port2]);
  return beginGathering(port1, start, death, () => worker.terminate());
}
