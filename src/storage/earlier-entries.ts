import { openDB } from 'idb';
import { storageError } from './storage-error';
import { timeLimit } from './time-limit';

// Up to its first release with a database of its own, Playtrain kept everything in the one that idb-keyval shares among
// all apps of an origin. It is only read here, and of it only what begins with `playtrain/`.

export const earlierDatabase = 'keyval-store';
const earlierStore = 'keyval';
const prefix = 'playtrain/';
const patienceMs = 20_000;

/** What earlier versions kept. */
export interface EarlierEntries {
  readonly keys: readonly string[];
  get(key: string): Promise<unknown>;
}

/**
 * Lets `task` read what earlier versions kept.
 *
 * @param name of their database.
 * @returns null where there is no such database, which is not made either. @throws StorageError
 */
export async function withEarlierEntries<Result>(
  name: string,
  task: (entries: EarlierEntries) => Promise<Result>,
): Promise<Result | null> {
  let isThere = true;
  const opening = openDB(name, undefined, {
    upgrade: (_database, oldVersion, _newVersion, transaction) => {
      if (oldVersion > 0) return;
      isThere = false;
      transaction.done.catch(() => {});
      transaction.abort();
    },
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  try {
    const database = await inTime(opening);
    if (!database.objectStoreNames.contains(earlierStore)) return null;
    const all = await inTime(database.getAllKeys(earlierStore));
    const keys = all.filter((key): key is string => typeof key === 'string' && key.startsWith(prefix));
    return await task({ keys, get: (key) => inTime<unknown>(database.get(earlierStore, key)) });
  } catch (cause) {
    if (!isThere) return null;
    throw storageError(cause, 'what an earlier version kept');
  } finally {
    void opening.then(
      (database) => database.close(),
      () => {},
    );
  }
}

async function inTime<Value>(value: Promise<Value>): Promise<Value> {
  const clock = timeLimit(patienceMs);
  try {
    return await Promise.race([value, clock.over]);
  } finally {
    clock.stop();
  }
}
