import type { IDBPObjectStore } from 'idb';
import type { MetricPoint, RunId } from '../contract';
import type { StorageProblem } from './checked';
import { chunkBytes, packChunk, readChunk, unpackChunk } from './history-chunk';
import type { Schema, StoreName } from './schema';

// A run's history: every update's point, in chunks of their own, so that saving touches only the newest.

/** Points to a chunk: some 60 kB. */
export const chunkPoints = 512;
/** Beyond so many points, some 30 MB, the older half is thinned; until then every update is kept. */
export const historyBound = 200_000;

/** What a run's record knows of its history. */
export interface HistoryIndex {
  readonly points: number;
  readonly lastVersion: number | null;
  readonly bytes: number;
  readonly thinned: boolean;
  /** The version up to which the last round of thinning has come. */
  readonly thinnedTo: number;
}

export const emptyHistory: HistoryIndex = {
  points: 0,
  lastVersion: null,
  bytes: 0,
  thinned: false,
  thinnedTo: 0,
};

type ReadableHistory = IDBPObjectStore<Schema, StoreName[], 'history', 'readonly'>;
type WritableHistory = IDBPObjectStore<Schema, StoreName[], 'history', 'readwrite'>;

/** All keys of a run's chunks, or those whose first version is at least `from`. */
export function chunksOf(id: RunId, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([id, from], [id, Number.POSITIVE_INFINITY]);
}

/**
 * Appends points to a run's history. Where they begin at a version that is there already, the run went back: what was
 * kept from that version on is replaced.
 *
 * @param bound only for tests; see `historyBound`.
 */
export async function appendPoints(
  store: WritableHistory,
  id: RunId,
  before: HistoryIndex,
  points: readonly MetricPoint[],
  bound = historyBound,
): Promise<HistoryIndex> {
  const added = ascending(points);
  const [first] = added;
  if (first === undefined) return before;
  let index = await truncatePoints(store, id, before, first.version - 1);
  const last = await lastChunk(store, id);
  const joined = last === null ? added : [...last.points, ...added];
  if (last !== null) index = without(index, last.points.length, last.bytes);
  for (let start = 0; start < joined.length; start += chunkPoints) {
    index = await putChunk(store, id, index, joined.slice(start, start + chunkPoints));
  }
  while (index.points > bound) {
    const thinner = await thinOnce(store, id, index);
    if (thinner.points === index.points) break;
    index = thinner;
  }
  return { ...index, lastVersion: joined.at(-1)?.version ?? index.lastVersion };
}

/** Leaves out every point after `version`. */
export async function truncatePoints(
  store: WritableHistory,
  id: RunId,
  before: HistoryIndex,
  version: number,
): Promise<HistoryIndex> {
  if (before.lastVersion === null || before.lastVersion <= version) return before;
  let index = before;
  let lastVersion: number | null = null;
  // The chunk in which the cut falls begins at or before it; all that begin after it go.
  for (let cursor = await store.openCursor(chunksOf(id), 'prev'); cursor; cursor = await cursor.continue()) {
    const [, firstVersion] = cursor.key;
    const chunk = readChunk(cursor.value);
    const points = chunk === null ? [] : unpackChunk(chunk);
    const staying = points.filter((point) => point.version <= version);
    lastVersion ??= staying.at(-1)?.version ?? null;
    if (chunk !== null && staying.length === points.length) break;
    // One that cannot be read stays, unless all of it was after the cut.
    if (chunk === null && firstVersion <= version) continue;
    await cursor.delete();
    if (chunk !== null) index = without(index, points.length, chunkBytes(chunk));
    if (staying.length > 0) index = await putChunk(store, id, index, staying);
  }
  return { ...index, lastVersion, thinnedTo: Math.min(index.thinnedTo, version) };
}

/**
 * Reads a run's history, oldest first, chunk by chunk: a long one does not fit into memory as points.
 *
 * @param visit is given each chunk's points, and must not wait for anything.
 */
export async function eachChunk(
  store: ReadableHistory,
  id: RunId,
  visit: (points: readonly MetricPoint[]) => void,
): Promise<readonly StorageProblem[]> {
  const problems: StorageProblem[] = [];
  for (let cursor = await store.openCursor(chunksOf(id)); cursor; cursor = await cursor.continue()) {
    const chunk = readChunk(cursor.value);
    if (chunk === null) problems.push({ store: 'history', key: cursor.key.join('/'), where: '' });
    else visit(unpackChunk(chunk));
  }
  return problems;
}

/** Gathers points as they come and keeps at most some, evenly spread, with each at which settings changed. */
export class ThinnedPoints {
  private kept: MetricPoint[] = [];
  private readonly atMost: number;

  constructor(atMost: number) {
    this.atMost = atMost;
  }

  get points(): readonly MetricPoint[] {
    return this.kept;
  }

  add(points: readonly MetricPoint[]): void {
    this.kept.push(...points);
    while (this.kept.length > this.atMost) {
      const fewer = everySecond(this.kept);
      if (fewer.length === this.kept.length) return;
      this.kept = fewer;
    }
  }
}

/** Every second point, the last, and each at which settings changed. */
function everySecond(points: readonly MetricPoint[]): MetricPoint[] {
  const last = points.length - 1;
  return points.filter((point, index) => index % 2 === 0 || index === last || point.changed.length > 0);
}

/**
 * Joins the two chunks that are next in turn to one that holds every second point. In turn, from the oldest on, so
 * that each saving thins a little; once all have had their turn, the next round begins with the oldest.
 */
async function thinOnce(store: WritableHistory, id: RunId, before: HistoryIndex): Promise<HistoryIndex> {
  const keys = await store.getAllKeys(chunksOf(id, before.thinnedTo + 1), 4);
  const [first, second, third] = keys;
  // The newest chunk is still filling.
  if (first === undefined || second === undefined || third === undefined) {
    if (before.thinnedTo === 0) return before;
    return thinOnce(store, id, { ...before, thinnedTo: 0 });
  }
  let index = before;
  const points: MetricPoint[] = [];
  for (const key of [first, second]) {
    const chunk = readChunk(await store.get(key));
    if (chunk === null) continue;
    points.push(...unpackChunk(chunk));
    index = without(index, chunk.versions.length, chunkBytes(chunk));
    await store.delete(key);
  }
  const fewer = everySecond(points);
  for (let start = 0; start < fewer.length; start += chunkPoints) {
    index = await putChunk(store, id, index, fewer.slice(start, start + chunkPoints));
  }
  return { ...index, thinned: true, thinnedTo: points.at(-1)?.version ?? third[1] - 1 };
}

interface LastChunk {
  readonly points: readonly MetricPoint[];
  readonly bytes: number;
}

/** The newest chunk, where more points fit into it. One that cannot be read is left alone. */
async function lastChunk(store: WritableHistory, id: RunId): Promise<LastChunk | null> {
  const cursor = await store.openCursor(chunksOf(id), 'prev');
  const chunk = cursor === null ? null : readChunk(cursor.value);
  if (chunk === null || chunk.versions.length >= chunkPoints) return null;
  return { points: unpackChunk(chunk), bytes: chunkBytes(chunk) };
}

async function putChunk(
  store: WritableHistory,
  id: RunId,
  before: HistoryIndex,
  points: readonly MetricPoint[],
): Promise<HistoryIndex> {
  const chunk = packChunk(points);
  await store.put(chunk, [id, points[0]!.version]);
  return { ...before, points: before.points + points.length, bytes: before.bytes + chunkBytes(chunk) };
}

function without(index: HistoryIndex, points: number, bytes: number): HistoryIndex {
  return { ...index, points: index.points - points, bytes: index.bytes - bytes };
}

/** Points in order; of those that are not, the later ones hold. */
function ascending(points: readonly MetricPoint[]): MetricPoint[] {
  const kept: MetricPoint[] = [];
  for (const point of points) {
    while (kept.length > 0 && kept.at(-1)!.version >= point.version) kept.pop();
    kept.push(point);
  }
  return kept;
}
