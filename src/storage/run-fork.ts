import * as v from 'valibot';
import { type RunId, type RunSlot, updateSlot } from '../contract';
import type { WriteTransaction } from './database';
import { bytesSchema } from './entry-parts';
import { appendPoints, chunksOf, emptyHistory, ThinnedPoints } from './history';
import { readChunk, unpackChunk } from './history-chunk';
import { keptState, numbered, withPast } from './run-files';
import { indexOf, type RunRow, withIndex } from './run-row';
import type { KeptState } from './run-saving';
import { generationPlayer, standingSchema } from './standing';
import { StorageError } from './storage-error';
import { thumbnailOf } from './thumbnail';

/** More points than this make no finer picture of the curve. */
const pointsShown = 512;

/** A copy of a run as it stood in a slot, all files written, the row not yet. @throws StorageError `missing`, `corrupt`. */
export async function forkedRow(
  transaction: WriteTransaction,
  source: RunRow,
  slot: RunSlot,
  { id, name, nowMs }: { readonly id: RunId; readonly name: string; readonly nowMs: number },
): Promise<RunRow> {
  const start = indexOf(source, slot);
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
    updates: [],
    past: [],
    history: emptyHistory,
    generations: {},
  };
  row = await withStateOf(transaction, source, slot, row, 'latest');
  if (source.best !== null && source.best.version <= version) {
    row = await withStateOf(transaction, source, 'best', row, 'best');
  }
  for (const update of source.updates.filter((each) => each.version <= version)) {
    const kept = updateSlot(update.version);
    const state = await keptState(transaction, source, kept, []);
    // One that is damaged stays behind; the copy goes on without it.
    if (state !== null) row = await withState(transaction, row, kept, state);
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
  return withState(transaction, row, to, state);
}

async function withState(
  transaction: WriteTransaction,
  row: RunRow,
  to: RunSlot,
  state: KeptState,
): Promise<RunRow> {
  let copied = row;
  for (const file of state.past) copied = await withPast(transaction, copied, file);
  await transaction.objectStore('checkpoints').put(state.bytes, [row.id, to]);
  const { version, decisions, meanReturn } = state;
  const past = state.past.map(({ name }) => name);
  return withIndex(copied, to, { version, decisions, meanReturn, bytes: state.bytes.byteLength, past });
}

async function withHistoryOf(
  transaction: WriteTransaction,
  source: RunRow,
  row: RunRow,
  version: number,
): Promise<RunRow> {
  const store = transaction.objectStore('history');
  const shown = new ThinnedPoints(pointsShown);
  let copied = { ...row, history: { ...emptyHistory, thinned: source.history.thinned } };
  for (const key of await store.getAllKeys(chunksOf(source.id))) {
    const chunk = readChunk(await store.get(key));
    const points = chunk === null ? [] : unpackChunk(chunk).filter((point) => point.version <= version);
    copied = { ...copied, history: await appendPoints(store, row.id, copied.history, points) };
    shown.add(points);
  }
  return { ...copied, thumbnail: thumbnailOf(shown.points) };
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
