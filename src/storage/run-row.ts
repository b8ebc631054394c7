import * as v from 'valibot';
import { type Hyperparameters, type RunRecord, type RunStanding, sb3Hyperparameters } from '../contract';
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
  const { history, latest, best, past, generations, ...shown } = row;
  const sizes = [
    history.bytes,
    latest?.bytes ?? 0,
    best?.bytes ?? 0,
    ...past.map(({ bytes }) => bytes),
    ...Object.values(generations),
  ];
  return {
    ...shown,
    ...(latest === null ? { version: 0, decisions: 0, meanReturn: null } : standingOf(latest)),
    best: best === null ? null : standingOf(best),
    points: history.points,
    thinned: history.thinned,
    bytes: sizes.reduce((total, each) => total + each, 0),
  };
}

function standingOf({ version, decisions, meanReturn }: CheckpointIndex): RunStanding {
  return { version, decisions, meanReturn };
}
