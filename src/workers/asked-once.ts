import { type Remote, wrap } from 'comlink';
import { PlaytrainError } from '../contract';

/**
 * Makes a worker for one question, and ends it with the answer.
 *
 * @param make as in `WorkerFactory`. @param signal ends it before that.
 * @throws PlaytrainError `worker-lost` where it ends without an answer; what the question throws.
 */
export async function askedOnce<Service, Answer>(
  make: (name: string) => Worker,
  ask: (service: Remote<Service>) => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const worker = make(`playtrain-question-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`);
  const end = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) => reject(new PlaytrainError('worker-lost', message));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([ask(wrap<Service>(worker)), end]);
  } finally {
    worker.terminate();
  }
}
