import { type MetricPoint, sb3Hyperparameters } from '../contract';
import { PageStorage } from './page-storage';
import { newRunId } from './run-id';
import type { RunLock } from './run-lock';
import type { Checkpoint, PastFile } from './run-saving';
import type { NewRun } from './runs';
import { StorageError } from './storage-error';

// What the tests of storage share.

/** A database of its own for one test. */
export function freshStorage(name = `test-${newRunId()}`): {
  readonly storage: PageStorage;
  readonly name: string;
} {
  return { storage: new PageStorage({ name }), name };
}

export function newRun(more: Partial<NewRun> = {}): NewRun {
  return { name: 'A run', game: 'balance', settings: sb3Hyperparameters, ...more };
}

/** A checkpoint whose bytes tell which it is. */
export function checkpoint(version: number, past: readonly string[] = []): Checkpoint {
  return {
    bytes: Uint8Array.of(1, 2, version % 256),
    version,
    decisions: 2048 * version,
    meanReturn: version / 2,
    past,
  };
}

/** An earlier policy whose name and bytes tell what is in it. */
export function past(version: number, content = version): PastFile {
  return { name: `${version}-${content}`, version, bytes: Uint8Array.of(content) };
}

export function point(version: number, more: Partial<MetricPoint> = {}): MetricPoint {
  return {
    version,
    decisions: 2048 * version,
    values: { meanReturn: version / 3, entropy: null },
    returnSpread: version % 2 === 0 ? null : 0.5,
    changed: [],
    ...more,
  };
}

export function points(from: number, to: number): MetricPoint[] {
  return Array.from({ length: to - from + 1 }, (_, index) => point(from + index));
}

/** A run's lock, which must be free. */
export async function held(storage: PageStorage, id: string): Promise<RunLock> {
  const lock = await storage.holdRun(id);
  if (lock === null) throw new Error('The run is held elsewhere.');
  return lock;
}

/** Why an attempt failed; null where it did not. */
export async function reasonOf(attempt: Promise<unknown>): Promise<string | null> {
  try {
    await attempt;
    return null;
  } catch (error) {
    return error instanceof StorageError ? error.reason : String(error);
  }
}

/**
 * Lets the browser take so many more entries and then say that it is full.
 *
 * @returns what ends it.
 */
export function fullAfter(entries: number): () => void {
  const put = Reflect.get(IDBObjectStore.prototype, 'put') as IDBObjectStore['put'];
  let left = entries;
  const limited = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    if (left-- <= 0) throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, value, key);
  };
  Object.assign(IDBObjectStore.prototype, { put: limited });
  return () => void Object.assign(IDBObjectStore.prototype, { put });
}
