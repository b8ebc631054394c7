/**
 * A way to learn at once that a worker is gone. The worker holds a lock named after itself for as long as it lives;
 * the browser releases it when the worker ends for whatever reason, and whoever waits for it then knows. Over plain
 * http, and where storage is blocked, there are no locks: then its pulse tells.
 */

/** Nobody else asks for a lock of this name, so that one which is given at all is given at once. */
const lockTimeoutMs = 2_000;

/**
 * In a worker: takes the lock that the worker's name stands for, and keeps it to the end.
 *
 * @returns true once it is held; false where the browser has no locks, refuses this one or does not answer.
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
    setTimeout(() => resolve(false), lockTimeoutMs);
  });
}

/**
 * On the page: waits until the worker named `name`, which holds its lock, has ended.
 *
 * @returns true then; false where the browser refuses the page what it gave the worker, and when `signal` aborts.
 */
export async function livenessLockReleased(name: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await navigator.locks.request(name, { signal }, () => true);
  } catch {
    return false;
  }
}
