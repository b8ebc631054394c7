import * as v from 'valibot';
import { type RunId, type RunSlot, updateSlot } from '../contract';
import { checkedEntry, type StorageProblem } from './checked';
import type { AnyTransaction, Database, WriteTransaction } from './database';
import { bytesSchema } from './entry-parts';
import { appendPoints, truncatePoints } from './history';
import type { RunLock } from './run-lock';
import { indexOf, type RunRow, runRowSchema, slotsOf, withIndex } from './run-row';
import type { Checkpoint, KeptState, PastFile, RunSaving } from './run-saving';
import type { StoreName } from './schema';
import { generationOfPlayer } from './standing';
import { StorageError } from './storage-error';

// What a run keeps in each store, and how its record follows. Everything here happens within one transaction.

/** All stores that hold something of a run. */
export const runStores: readonly StoreName[] = [
  'runs',
  'checkpoints',
  'past',
  'history',
  'generations',
  'standings',
  'leases',
  'left',
];

const leaseSchema = v.object({ token: v.string() });

/** A run's row as it was read. @throws StorageError `missing`, `corrupt`. */
export function checkedRow(entry: unknown, id: RunId): RunRow {
  if (entry === undefined) throw new StorageError('missing', 'the run');
  const row = checkedEntry(runRowSchema, entry, 'runs', id, []);
  if (row === null) throw new StorageError('corrupt', 'the run');
  return row;
}

/** @throws StorageError `held` where another page has the run by now. */
async function checkHolder(transaction: WriteTransaction, id: RunId, token: string | null): Promise<void> {
  if (token === null) return;
  const lease = v.safeParse(leaseSchema, await transaction.objectStore('leases').get(id));
  if (!lease.success || lease.output.token !== token) throw new StorageError('held', 'the run');
}

/**
 * Changes a run that this page holds.
 *
 * @param change is given the run's row, writes files, and answers the row that tells of them.
 * @throws StorageError `held`, `missing`, or whatever else; then nothing has changed.
 */
export function changeHeldRun(
  database: Database,
  { runId, token }: RunLock,
  change: (transaction: WriteTransaction, row: RunRow) => Promise<RunRow>,
): Promise<RunRow> {
  return database.write('the run', runStores, async (transaction) => {
    await checkHolder(transaction, runId, token);
    const row = checkedRow(await transaction.objectStore('runs').get(runId), runId);
    if (row.removedAtMs !== null) throw new StorageError('missing', 'the run');
    const changed = await change(transaction, row);
    await transaction.objectStore('runs').put(changed, runId);
    // Whatever a page had left of it is older.
    await transaction.objectStore('left').delete(runId);
    return changed;
  });
}

/** Writes what is to be saved. @returns the row that tells of it, not written yet. */
export async function savedRow(
  transaction: WriteTransaction,
  before: RunRow,
  saving: RunSaving,
): Promise<RunRow> {
  const { settings, thumbnail, latest, best, updates = [], newPast = [], points = [] } = saving;
  let row: RunRow = {
    ...before,
    ...(settings !== undefined && { settings }),
    ...(thumbnail !== undefined && { thumbnail: [...thumbnail] }),
  };
  const first = points[0]?.version;
  if (first !== undefined) row = await truncatedRow(transaction, row, first - 1);
  row = {
    ...row,
    history: await appendPoints(transaction.objectStore('history'), row.id, row.history, points),
  };
  for (const file of newPast) row = await withPast(transaction, row, file);
  if (latest !== undefined) row = await withCheckpoint(transaction, row, 'latest', latest);
  if (best !== undefined) row = await withCheckpoint(transaction, row, 'best', best);
  for (const update of updates) {
    row = await withCheckpoint(transaction, row, updateSlot(update.version), update);
  }
  return latest === undefined && best === undefined ? row : withoutUnnamedPast(transaction, row);
}

/** Ends the history at `version`; updates kept after it are of another past than what follows. */
export async function truncatedRow(
  transaction: WriteTransaction,
  row: RunRow,
  version: number,
): Promise<RunRow> {
  const updates = row.updates.filter((update) => update.version <= version);
  for (const gone of row.updates.slice(updates.length)) {
    await transaction.objectStore('checkpoints').delete([row.id, updateSlot(gone.version)]);
  }
  return {
    ...row,
    updates,
    history: await truncatePoints(transaction.objectStore('history'), row.id, row.history, version),
  };
}

/** Keeps an earlier policy, once. */
export async function withPast(transaction: WriteTransaction, row: RunRow, file: PastFile): Promise<RunRow> {
  const { name, version } = file;
  if (row.past.some((kept) => kept.name === name)) return row;
  const bytes = compact(file.bytes);
  await transaction.objectStore('past').put(bytes, [row.id, name]);
  return { ...row, past: [...row.past, { name, version, bytes: bytes.byteLength }] };
}

async function withCheckpoint(
  transaction: WriteTransaction,
  row: RunRow,
  slot: RunSlot,
  checkpoint: Checkpoint,
): Promise<RunRow> {
  const { version, decisions, meanReturn } = checkpoint;
  const bytes = compact(checkpoint.bytes);
  const past = [...checkpoint.past];
  if (!past.every((name) => row.past.some((kept) => kept.name === name))) {
    throw new StorageError('incomplete', 'the run');
  }
  await transaction.objectStore('checkpoints').put(bytes, [row.id, slot]);
  return withIndex(row, slot, { version, decisions, meanReturn, bytes: bytes.byteLength, past });
}

/** Lets those earlier policies go that no checkpoint names any more. */
export async function withoutUnnamedPast(transaction: WriteTransaction, row: RunRow): Promise<RunRow> {
  const named = new Set(slotsOf(row).flatMap((slot) => indexOf(row, slot)?.past ?? []));
  for (const { name } of row.past) {
    if (!named.has(name)) await transaction.objectStore('past').delete([row.id, name]);
  }
  return { ...row, past: row.past.filter(({ name }) => named.has(name)) };
}

/** A view into a larger buffer would be kept with all of that buffer. */
export function compact(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/**
 * What a slot holds; null where it holds nothing, or nothing that can be read. Of the earlier policies that it names,
 * those that cannot be read are left out: the run goes on without them.
 */
export async function keptState(
  transaction: AnyTransaction,
  row: RunRow,
  slot: RunSlot,
  problems: StorageProblem[],
): Promise<KeptState | null> {
  const index = indexOf(row, slot);
  if (index === null) return null;
  const key: [string, string] = [row.id, slot];
  const entry: unknown = await transaction.objectStore('checkpoints').get(key);
  const bytes = checkedEntry(bytesSchema, entry, 'checkpoints', key, problems);
  if (bytes === null) return null;
  const past: PastFile[] = [];
  for (const { name, version } of row.past.filter((each) => index.past.includes(each.name))) {
    const pastKey: [string, string] = [row.id, name];
    const file: unknown = await transaction.objectStore('past').get(pastKey);
    const checked = checkedEntry(bytesSchema, file, 'past', pastKey, problems);
    if (checked !== null) past.push({ name, version, bytes: checked });
  }
  const { version, decisions, meanReturn } = index;
  return { version, decisions, meanReturn, bytes, past };
}

/** Whatever belongs to a run in a store keyed by `[id, number]`, from its first to its last. */
export function numbered(id: RunId, upTo = Number.POSITIVE_INFINITY): IDBKeyRange {
  return IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, upTo]);
}

/** Deletes all of a run for good. */
export async function purgeRun(transaction: WriteTransaction, { id, game }: RunRow): Promise<void> {
  const allOf = IDBKeyRange.bound([id], [id, []]);
  await transaction.objectStore('checkpoints').delete(allOf);
  await transaction.objectStore('past').delete(allOf);
  await transaction.objectStore('history').delete(numbered(id));
  await transaction.objectStore('generations').delete(numbered(id));
  const standings = transaction.objectStore('standings');
  for (const key of await standings.getAllKeys(IDBKeyRange.bound([game], [game, []]))) {
    if (generationOfPlayer(key[1])?.runId === id) await standings.delete(key);
  }
  await transaction.objectStore('left').delete(id);
  await transaction.objectStore('runs').delete(id);
}
