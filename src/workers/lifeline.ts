/**
 * A way to learn at once that a worker is gone. The worker holds a lock named after itself for as long as it lives;
 * the browser releases it when the worker ends for whatever reason, and whoever waits for it then knows.
 */

/** In a worker: takes the lock that the worker's name stands for. @returns when it is held; it is kept to the end. */
export function holdLifeline(): Promise<void> {
  if (!('locks' in navigator)) return Promise.resolve();
  return new Promise((held) => {
    void navigator.locks.request(self.name, () => {
      held();
      return new Promise<never>(() => {});
    });
  });
}

/**
 * On the page: resolves when the worker named `name`, which holds its lifeline, has ended; never where the browser
 * has no locks (then only the heartbeat tells), and never after `signal` aborts.
 */
export function lifelineCut(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((cut) => {
    if (!('locks' in navigator)) return;
    navigator.locks.request(name, { signal }, () => cut()).catch(() => {});
  });
}
