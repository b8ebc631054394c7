/** What `timeLimit` rejects with. */
export const timeIsUp = Symbol('time is up');

/** A page that stands still for long, as when it begins on a slow phone, misses one of so many parts. */
const parts = 8;

/**
 * A promise that is rejected once the time is over, unless it is stopped before; for `Promise.race`. Time in which the
 * page stood still counts little: what came meanwhile is heard first.
 */
export function timeLimit(durationMs: number): { readonly over: Promise<never>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    const wait = (left: number) => {
      timer = setTimeout(() => (left > 1 ? wait(left - 1) : reject(timeIsUp)), durationMs / parts);
    };
    wait(parts);
  });
  over.catch(() => {});
  return { over, stop: () => clearTimeout(timer) };
}
