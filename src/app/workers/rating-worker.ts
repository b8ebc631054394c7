/** The worker in which the page's agents meet for their ratings. */
export function ratingWorker(name: string): Worker {
  return new Worker(new URL('./rating.worker.ts', import.meta.url), { type: 'module', name });
}
