import * as v from 'valibot';
import type { Database } from './database';
import { recordOf, runRowSchema } from './run-row';
import { timeLimit } from './time-limit';

/** How much this browser keeps, in bytes. What the browser does not tell is null. */
export interface Space {
  /** Of all runs that are there. */
  readonly runBytes: number;
  /** Of deleted runs that can still be had back. */
  readonly removedBytes: number;
  /** Of everything that this origin keeps, of whatever app, as the browser estimates it. */
  readonly usedBytes: number | null;
  /** What this origin may keep at most. */
  readonly quotaBytes: number | null;
  /** False where the browser may delete everything when the machine runs short of space. */
  readonly isPersisted: boolean | null;
}

/** Below so much room it is time to ask which run to let go: some two hundred savings of the largest runs. */
const fewBytes = 200 * 2 ** 20;

/** Whether there is little room left, as far as the browser tells. */
export function isShort({ usedBytes, quotaBytes }: Space): boolean {
  return usedBytes !== null && quotaBytes !== null && quotaBytes - usedBytes < fewBytes;
}

/**
 * @param patienceMs how long the browser may take to answer: some never do.
 * @throws StorageError
 */
export async function measuredSpace(database: Database, patienceMs = 2_000): Promise<Space> {
  const rows = await database.read(
    'the list of runs',
    ['runs'],
    (transaction): Promise<unknown[]> => transaction.objectStore('runs').getAll(),
  );
  let runBytes = 0;
  let removedBytes = 0;
  for (const row of rows) {
    const checked = v.safeParse(runRowSchema, row);
    if (!checked.success) continue;
    const { bytes, removedAtMs } = recordOf(checked.output);
    if (removedAtMs === null) runBytes += bytes;
    else removedBytes += bytes;
  }
  const manager = storageManager();
  const [estimate, isPersisted] = await Promise.all([
    answer(() => inTime(manager?.estimate(), patienceMs)),
    answer(() => inTime(manager?.persisted(), patienceMs)),
  ]);
  const { usage = null, quota = null } = estimate ?? {};
  return { runBytes, removedBytes, usedBytes: usage, quotaBytes: quota, isPersisted };
}

/**
 * Asks the browser to keep everything also when the machine runs short of space. Some ask the person in turn, so it is
 * done when there is something to lose.
 *
 * @returns whether it will; false where it cannot be asked.
 */
export async function askToPersist(): Promise<boolean> {
  return (await answer(() => storageManager()?.persist())) ?? false;
}

/** @throws where no answer comes in time. */
async function inTime<Value>(
  value: Promise<Value> | undefined,
  patienceMs: number,
): Promise<Value | undefined> {
  const clock = timeLimit(patienceMs);
  try {
    return await Promise.race([value, clock.over]);
  } finally {
    clock.stop();
  }
}

/** Missing where the page came over plain http. */
function storageManager(): StorageManager | null {
  if (typeof navigator === 'undefined') return null;
  return (navigator.storage as StorageManager | undefined) ?? null;
}

/** What the browser says; null where it says nothing. */
async function answer<Value>(ask: () => Promise<Value | undefined> | undefined): Promise<Value | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}
