import type { RunId } from '../contract';
import type { Database } from './database';
import { leaseRun } from './run-lease';
import type { RunLock } from './run-lock';
import { timeLimit } from './time-limit';

/** Browsers answer within milliseconds whether a lock is free, or never. */
const lockPatienceMs = 3_000;

/**
 * Holds a run for this page, so that no other saves it: until it is released, or the page is gone.
 *
 * @returns null where another page holds it. @throws StorageError where neither the browser's locks nor the database
 * are to be had.
 */
export async function holdRun(
  database: Database,
  runId: RunId,
  patienceMs = lockPatienceMs,
): Promise<RunLock | null> {
  const locks = browserLocks();
  if (locks === null) return leaseRun(database, runId);
  try {
    return await lockRun(locks, runId, patienceMs);
  } catch {
    // There is such an interface, but not for this page, or nobody behind it.
    return leaseRun(database, runId);
  }
}

/** Missing where the page came over plain http. */
function browserLocks(): LockManager | null {
  return typeof navigator === 'undefined' ? null : ((navigator.locks as LockManager | undefined) ?? null);
}

async function lockRun(locks: LockManager, runId: RunId, patienceMs: number): Promise<RunLock | null> {
  const clock = timeLimit(patienceMs);
  let isLate = false;
  const asked = new Promise<RunLock | null>((resolve, reject) => {
    const options: LockOptions = { mode: 'exclusive', ifAvailable: true };
    // The browser holds a lock for as long as what this answers is pending.
    const request = locks.request(`playtrain/run/${runId}`, options, (lock) => {
      // Nobody waits for it any more.
      if (isLate) return;
      if (lock === null) return resolve(null);
      return new Promise<void>((letGo) => {
        const release = async () => {
          letGo();
          await request;
        };
        resolve({ runId, token: null, lost: new Promise(() => {}), release });
      });
    });
    request.catch(reject);
  });
  try {
    return await Promise.race([asked, clock.over]);
  } finally {
    isLate = true;
    clock.stop();
  }
}
