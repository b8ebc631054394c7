import * as v from 'valibot';
import type { RunId, RunSlot } from '../contract';
import { checkedEntry, type StorageProblem } from './checked';
import type { AnyTransaction, Database, WriteTransaction } from './database';
import { bytesSchema } from './entry-parts';
import { appendPoints, chunksOf, emptyHistory, truncatePoints } from './history';
import { readChunk, unpackChunk } from './history-chunk';
import type { RunLock } from './run-lock';
import { type PastKey, type RunRow, runRowSchema } from './run-row';
import type { Checkpoint, KeptState, PastFile, RunSaving } from './run-saving';
import type { StoreName } from './schema';
import { generationOfPlayer, generationPlayer, standingSchema } from './standing';
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
    return changed;
  });
}

/** Writes what is to be saved. @returns the row that tells of it, not written yet. */
export async function savedRow(
  transaction: WriteTransaction,
  before: RunRow,
  saving: RunSaving,
): Promise<RunRow> {
  const { settings, thumbnail, latest, best, newPast = [], points = [] } = saving;
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
  return latest === undefined && best === undefined ? row : withoutUnnamedPast(transaction, row);
}

/** Ends the history at `version`. What the run learns from there on is another branch. */
export async function truncatedRow(
  transaction: WriteTransaction,
  row: RunRow,
  version: number,
): Promise<RunRow> {
  const history = await truncatePoints(transaction.objectStore('history'), row.id, row.history, version);
  return history === row.history ? row : { ...row, history, branch: row.branch + 1 };
}

async function withPast(transaction: WriteTransaction, row: RunRow, file: PastFile): Promise<RunRow> {
  const { version } = file;
  const { branch } = row;
  if (row.past.some((kept) => isSamePast(kept, { version, branch }))) return row;
  const bytes = compact(file.bytes);
  await transaction.objectStore('past').put(bytes, [row.id, version, branch]);
  return { ...row, past: [...row.past, { version, branch, bytes: bytes.byteLength }] };
}

async function withCheckpoint(
  transaction: WriteTransaction,
  row: RunRow,
  slot: RunSlot,
  checkpoint: Checkpoint,
): Promise<RunRow> {
  const { version, decisions, meanReturn } = checkpoint;
  const bytes = compact(checkpoint.bytes);
  const past = checkpoint.past.map((each) => newestPast(row, each));
  await transaction.objectStore('checkpoints').put(bytes, [row.id, slot]);
  return { ...row, [slot]: { version, decisions, meanReturn, bytes: bytes.byteLength, past } };
}

/** Of the policies that came about at a version, on whichever branch, the newest. */
function newestPast(row: RunRow, version: number): PastKey {
  const [kept] = row.past.filter((each) => each.version === version).sort((a, b) => b.branch - a.branch);
  if (kept === undefined) throw new StorageError('incomplete', 'the run');
  return { version, branch: kept.branch };
}

/** Lets those earlier policies go that no checkpoint names any more. */
export async function withoutUnnamedPast(transaction: WriteTransaction, row: RunRow): Promise<RunRow> {
  const named = [...(row.latest?.past ?? []), ...(row.best?.past ?? [])];
  const isNamed = (each: PastKey) => named.some((other) => isSamePast(each, other));
  for (const each of row.past) {
    if (!isNamed(each)) await transaction.objectStore('past').delete([row.id, each.version, each.branch]);
  }
  return { ...row, past: row.past.filter(isNamed) };
}

export function isSamePast(a: PastKey, b: PastKey): boolean {
  return a.version === b.version && a.branch === b.branch;
}

/** A view into a larger buffer would be kept with all of that buffer. */
export function compact(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** What a slot holds, with the policies that it names; null where it holds nothing, or nothing that can be read. */
export async function keptState(
  transaction: AnyTransaction,
  row: RunRow,
  slot: RunSlot,
  problems: StorageProblem[],
): Promise<KeptState | null> {
  const index = row[slot];
  if (index === null) return null;
  const key: [string, string] = [row.id, slot];
  const entry: unknown = await transaction.objectStore('checkpoints').get(key);
  const bytes = checkedEntry(bytesSchema, entry, 'checkpoints', key, problems);
  const past: PastFile[] = [];
  for (const { version, branch } of index.past) {
    const pastKey: [string, number, number] = [row.id, version, branch];
    const file: unknown = await transaction.objectStore('past').get(pastKey);
    const checked = checkedEntry(bytesSchema, file, 'past', pastKey, problems);
    if (checked !== null) past.push({ version, bytes: checked });
  }
  if (bytes === null || past.length < index.past.length) return null;
  const { version, decisions, meanReturn } = index;
  return { version, decisions, meanReturn, bytes, past };
}

/** Whatever belongs to a run in a store keyed by `[id, number]`, from its first to its last. */
export function numbered(id: RunId, upTo = Number.POSITIVE_INFINITY): IDBKeyRange {
  return IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, upTo]);
}

/** A copy of a run as it stood in a slot, all files written, the row not yet. @throws StorageError `missing`, `corrupt`. */
export async function forkedRow(
  transaction: WriteTransaction,
  source: RunRow,
  slot: RunSlot,
  { id, name, nowMs }: { readonly id: RunId; readonly name: string; readonly nowMs: number },
): Promise<RunRow> {
  const start = source[slot];
  if (start === null) throw new StorageError('missing', 'the run’s training state');
  const { version } = start;
  const times = { createdAtMs: nowMs, savedAtMs: nowMs, openedAtMs: nowMs };
  let row: RunRow = {
    ...source,
    ...times,
    id,
    name,
    origin: 'own',
    forkOf: { id: source.id, version },
    removedAtMs: null,
    latest: null,
    best: null,
    past: [],
    history: emptyHistory,
    generations: {},
  };
  row = await withStateOf(transaction, source, slot, row, 'latest');
  if (source.best !== null && source.best.version <= version) {
    row = await withStateOf(transaction, source, 'best', row, 'best');
  }
  row = await withHistoryOf(transaction, source, row, version);
  return withGenerationsOf(transaction, source, row, version);
}

async function withStateOf(
  transaction: WriteTransaction,
  source: RunRow,
  from: RunSlot,
  row: RunRow,
  to: RunSlot,
): Promise<RunRow> {
  const state = await keptState(transaction, source, from, []);
  if (state === null) throw new StorageError('corrupt', 'the run');
  // The copy keeps the branches, since two policies of one version can both be named.
  let copied = row;
  for (const [index, { branch, version }] of (source[from]?.past ?? []).entries()) {
    const bytes = state.past[index]!.bytes;
    if (copied.past.some((kept) => isSamePast(kept, { version, branch }))) continue;
    await transaction.objectStore('past').put(bytes, [row.id, version, branch]);
    copied = { ...copied, past: [...copied.past, { version, branch, bytes: bytes.byteLength }] };
  }
  await transaction.objectStore('checkpoints').put(state.bytes, [row.id, to]);
  return { ...copied, [to]: source[from] };
}

async function withHistoryOf(
  transaction: WriteTransaction,
  source: RunRow,
  row: RunRow,
  version: number,
): Promise<RunRow> {
  const store = transaction.objectStore('history');
  let copied = { ...row, history: { ...emptyHistory, thinned: source.history.thinned } };
  for (const key of await store.getAllKeys(chunksOf(source.id))) {
    const chunk = readChunk(await store.get(key));
    const points = chunk === null ? [] : unpackChunk(chunk).filter((point) => point.version <= version);
    copied = { ...copied, history: await appendPoints(store, row.id, copied.history, points) };
  }
  return copied;
}

/** Copies what the run could play against, and how it is rated. */
async function withGenerationsOf(
  transaction: WriteTransaction,
  source: RunRow,
  row: RunRow,
  upTo: number,
): Promise<RunRow> {
  const store = transaction.objectStore('generations');
  const generations: Record<string, number> = {};
  for (const key of await store.getAllKeys(numbered(source.id, upTo))) {
    const [, version] = key;
    const file = v.safeParse(bytesSchema, await store.get(key));
    if (!file.success) continue;
    await store.put(file.output, [row.id, version]);
    generations[version] = file.output.byteLength;
    const standings = transaction.objectStore('standings');
    const standing = v.safeParse(
      standingSchema,
      await standings.get([row.game, generationPlayer(source.id, version)]),
    );
    if (standing.success) await standings.put(standing.output, [row.game, generationPlayer(row.id, version)]);
  }
  return { ...row, generations };
}

/** Deletes all of a run for good. */
export async function purgeRun(transaction: WriteTransaction, { id, game }: RunRow): Promise<void> {
  for (const slot of ['latest', 'best']) await transaction.objectStore('checkpoints').delete([id, slot]);
  const pastOf = IDBKeyRange.bound([id], [id, []]);
  await transaction.objectStore('past').delete(pastOf);
  await transaction.objectStore('history').delete(numbered(id));
  await transaction.objectStore('generations').delete(numbered(id));
  const standings = transaction.objectStore('standings');
  for (const key of await standings.getAllKeys(IDBKeyRange.bound([game], [game, []]))) {
    if (generationOfPlayer(key[1])?.runId === id) await standings.delete(key);
  }
  await transaction.objectStore('runs').delete(id);
}
