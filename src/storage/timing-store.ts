import { get, set } from 'idb-keyval';
import type { BackendTiming } from '../contract';

/** Raised when backends become faster or slower by our own doing, so that old timings are taken anew. */
const timingVersion = 1;
const keyOf = (subject: string) => `playtrain/timings/${timingVersion}/${subject}`;

/** @returns what was timed for `subject` on this machine before, or null; null too where storage is closed. */
export async function loadTimings(subject: string): Promise<readonly BackendTiming[] | null> {
  try {
    return (await get<readonly BackendTiming[]>(keyOf(subject))) ?? null;
  } catch {
    return null;
  }
}

/** Keeps timings for the next visit. Where storage is closed they are taken anew then. */
export async function saveTimings(subject: string, timings: readonly BackendTiming[]): Promise<void> {
  try {
    await set(keyOf(subject), timings);
  } catch {
    // They are taken anew at the next visit.
  }
}
