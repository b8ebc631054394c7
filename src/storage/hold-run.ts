import type { RunId } from '../contract';
import type { Database } from './database';
import { leaseRun } from './run-lease';
import type { RunLock } from './run-lock';

/**
 * Holds a run for this page, so that no other saves it: until it is released, or the page is gone.
 *
 * @returns null where another page holds it. @throws StorageError where neither the browser's locks nor the database
 * are to be had.
 */
export async function holdRun(database: Database, runId: RunId): Promise<RunLock | null> {
  const locks = browserLocks();
  if (locks === null) return leaseRun(database, runId);
  try {
    return await lockRun(locks, runId);
  } catch {
    // There is such an interface, but not for this page.
    return leaseRun(database, runId);
  }
}

/** Missing where the page came over plain http. */
function browserLocks(): LockManager | null {
  return typeof navigator === 'undefined' ? null : ((navigator.locks as LockManager | undefined) ?? null);
}

function lockRun(locks: LockManager, runId: RunId): Promise<RunLock | null> {
  return new Promise((resolve, reject) => {
    const options: LockOptions = { mode: 'exclusive', ifAvailable: true };
    // The browser holds a lock for as long as what this answers is pending.
    const request = locks.request(`playtrain/run/${runId}`, options, (lock) => {
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
}
