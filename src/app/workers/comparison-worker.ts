/** A worker in which runs are trained unseen, to be compared. */
export function comparisonWorker(name: string): Worker {
  return new Worker(new URL('./comparison.worker.ts', import.meta.url), { type: 'module', name });
}
