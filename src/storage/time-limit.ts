/** What `timeLimit` rejects with. */
export const timeIsUp = Symbol('time is up');

/** A promise that is rejected once the time is over, unless it is stopped before; for `Promise.race`. */
export function timeLimit(durationMs: number): { readonly over: Promise<never>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, durationMs, timeIsUp);
  });
  over.catch(() => {});
  return { over, stop: () => clearTimeout(timer) };
}
