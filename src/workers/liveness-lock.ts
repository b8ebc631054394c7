/**
 * A way to learn at once that a worker is gone. The worker holds a lock named after itself for as long as it lives;
 * the browser releases it when the worker ends for whatever reason, and whoever waits for it then knows. Over plain
 * http, and where storage is blocked, there are no locks: then only the heartbeat tells.
 */

/**
 * In a worker: takes the lock that the worker's name stands for, and keeps it to the end.
 *
 * @returns true once it is held; false where the browser has no locks or refuses this one.
 */
export function holdLivenessLock(): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise<never>(() => {});
    };
    // It may throw at once, too.
    Promise.resolve()
      .then(() => navigator.locks.request(self.name, held))
      .catch(() => resolve(false));
  });
}

/**
 * On the page: resolves when the worker named `name`, which holds its lock, has ended; never where the browser refuses
 * the page what it gave the worker, and never after `signal` aborts.
 */
export function livenessLockReleased(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    Promise.resolve()
      .then(() => navigator.locks.request(name, { signal }, () => resolve()))
      .catch(() => {});
  });
}
