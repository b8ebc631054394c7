import type { Remote } from 'comlink';
import type { LivingService } from './protocol';
import { WorkerHandle } from './worker-handle';

/**
 * Makes a worker for one question, and ends it with the answer.
 *
 * @param make as in `WorkerFactory`; its worker says that it lives, as those of `serveCollected` do.
 * @param signal ends it before that.
 * @param patienceMs how long it may take to say so; less only for tests.
 * @throws PlaytrainError `worker-lost` where it does not come, does not say so or ends without an answer, and once it is
 * ended; what the question throws.
 */
export async function askedOnce<Service, Answer>(
  make: (name: string) => Worker,
  ask: (service: Remote<Service>) => Promise<Answer>,
  signal: AbortSignal,
  patienceMs?: number,
): Promise<Answer> {
  signal.throwIfAborted();
  const worker = new WorkerHandle<LivingService>({ role: 'collector', make, lost: () => {} });
  const end = () => worker.close();
  signal.addEventListener('abort', end, { once: true });
  const patience = setTimeout(() => worker.stuck(), patienceMs ?? worker.patienceMs);
  try {
    await worker.ping();
    // From here on it takes as long as it takes.
    clearTimeout(patience);
    return await worker.call((service) => ask(service as unknown as Remote<Service>));
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', end);
    end();
  }
}
