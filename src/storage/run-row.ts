import * as v from 'valibot';
import {
  type Hyperparameters,
  type RunRecord,
  type RunSlot,
  type RunStanding,
  sb3Hyperparameters,
  updateSlot,
} from '../contract';
import { finite, whole } from './entry-parts';
import { emptyHistory, type HistoryIndex } from './history';
import { thumbnailPoints } from './thumbnail';

// What the store `runs` holds, and what it is checked against.

/** One setting, by what kind of value its default is: its range may have changed since the run was kept. */
function likeDefault(value: Hyperparameters[keyof Hyperparameters]): v.GenericSchema {
  if (typeof value === 'number') return finite;
  if (typeof value === 'boolean') return v.boolean();
  if (typeof value === 'string') return v.string();
  return Array.isArray(value) ? v.array(whole) : v.record(v.string(), finite);
}

/** Settings as another version may have kept them: those that it did not have yet get their default. */
export const settingsSchema = v.pipe(
  v.object(
    Object.fromEntries(
      Object.entries(sb3Hyperparameters).map(([key, value]) => [key, v.optional(likeDefault(value), value)]),
    ),
  ),
  v.transform((settings) => settings as unknown as Hyperparameters),
);

const standing = { version: whole, decisions: whole, meanReturn: v.nullable(finite) };

const historyIndexSchema: v.GenericSchema<HistoryIndex> = v.object({
  points: whole,
  lastVersion: v.nullable(whole),
  bytes: whole,
  thinned: v.boolean(),
  thinnedTo: whole,
});

/** Of the earlier policies that a checkpoint names, their names. */
const checkpointIndex = v.object({ ...standing, bytes: whole, past: v.array(v.string()) });

export const runRowSchema = v.object({
  id: v.string(),
  name: v.string(),
  game: v.string(),
  settings: settingsSchema,
  createdAtMs: finite,
  savedAtMs: finite,
  openedAtMs: finite,
  thumbnail: v.pipe(v.array(finite), v.maxLength(thumbnailPoints)),
  origin: v.optional(v.picklist(['own', 'link', 'file']), 'own'),
  forkOf: v.nullable(v.object({ id: v.string(), version: whole })),
  removedAtMs: v.nullable(finite),
  history: historyIndexSchema,
  /** What each slot holds. */
  latest: v.nullable(checkpointIndex),
  best: v.nullable(checkpointIndex),
  /** Of updates that stay kept, ascending; earlier versions kept none. */
  updates: v.optional(v.array(checkpointIndex), []),
  /** Each kept earlier policy. */
  past: v.array(v.object({ name: v.string(), version: whole, bytes: whole })),
  /** Bytes of each generation, by version. */
  generations: v.record(v.string(), whole),
});

/** A run's record with the index of its files, as one entry, so that a transaction changes all or nothing. */
export type RunRow = v.InferOutput<typeof runRowSchema>;
export type CheckpointIndex = v.InferOutput<typeof checkpointIndex>;

/** A run of which nothing is kept yet. */
export function newRow(
  run: Pick<RunRow, 'id' | 'name' | 'game' | 'settings'> & { readonly nowMs: number },
): RunRow {
  const { id, name, game, settings, nowMs } = run;
  return {
    id,
    name,
    game,
    settings,
    createdAtMs: nowMs,
    savedAtMs: nowMs,
    openedAtMs: nowMs,
    latest: null,
    best: null,
    updates: [],
    thumbnail: [],
    origin: 'own',
    forkOf: null,
    removedAtMs: null,
    history: emptyHistory,
    past: [],
    generations: {},
  };
}

/** What lists show of a run. */
export function recordOf(row: RunRow): RunRecord {
  const { history, latest, best, updates, past, generations, ...shown } = row;
  const sizes = [
    history.bytes,
    latest?.bytes ?? 0,
    best?.bytes ?? 0,
    ...updates.map(({ bytes }) => bytes),
    ...past.map(({ bytes }) => bytes),
    ...Object.values(generations),
  ];
  return {
    ...shown,
    ...(latest === null ? { version: 0, decisions: 0, meanReturn: null } : standingOf(latest)),
    best: best === null ? null : standingOf(best),
    updates: updates.map(standingOf),
    points: history.points,
    thinned: history.thinned,
    bytes: sizes.reduce((total, each) => total + each, 0),
  };
}

/** Every slot that holds something. */
export function slotsOf({ latest, best, updates }: RunRow): readonly RunSlot[] {
  return [
    ...(latest === null ? [] : (['latest'] as const)),
    ...(best === null ? [] : (['best'] as const)),
    ...updates.map(({ version }) => updateSlot(version)),
  ];
}

/** What a slot holds; null where it holds nothing. */
export function indexOf({ latest, best, updates }: RunRow, slot: RunSlot): CheckpointIndex | null {
  if (slot === 'latest') return latest;
  if (slot === 'best') return best;
  return updates.find(({ version }) => updateSlot(version) === slot) ?? null;
}

/** The row with what a slot holds from now on. */
export function withIndex(row: RunRow, slot: RunSlot, index: CheckpointIndex): RunRow {
  if (slot === 'latest' || slot === 'best') return { ...row, [slot]: index };
  const others = row.updates.filter(({ version }) => updateSlot(version) !== slot);
  return { ...row, updates: [...others, index].sort((a, b) => a.version - b.version) };
}

function standingOf({ version, decisions, meanReturn }: CheckpointIndex): RunStanding {
  return { version, decisions, meanReturn };
}
