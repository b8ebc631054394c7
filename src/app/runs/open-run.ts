import { decodeTrainingState } from '../../agent/checkpoint';
import { type Hyperparameters, type MetricPoint, type SettingChange, seatsOf } from '../../contract';
import type { GameEntry } from '../../game/engine/registry';
import { environmentSpec } from '../../game/engine/vector-environment';
import { loadRun, recentRuns, runIdentity, type StoredRun } from '../../storage/run-store';
import { curvePoints } from '../../streams/metric-points';

/** How a run begins: with which settings, and from where. */
export interface Beginning {
  readonly entry: GameEntry;
  readonly hyperparameters: Hyperparameters;
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** Taken when the checkpoint was made; 0 without one. */
  readonly decisions: number;
  /** The best so far of the run that goes on, by its mean return; null where agents meet, whose returns tell nothing. */
  readonly best: Omit<StoredRun, 'savedAtMs'> | null;
  /** The curve so far, for the charts. */
  readonly history: readonly MetricPoint[];
  /** The settings that take hold with the beginning; the charts mark them. */
  readonly changed: readonly SettingChange[];
  /** False where saving would overwrite a kept run that could not be read. */
  readonly keeps: boolean;
  /** True while people are learned from, which needs all experience to be gathered where they play. */
  readonly withoutCollectors: boolean;
  /** False where the checkpoint is of another run, such as one from a file: then there is no past of this one. */
  readonly hasPast: boolean;
}

/** A run that begins from nothing. */
export function freshRun(entry: GameEntry, hyperparameters: Hyperparameters): Beginning {
  return {
    entry,
    hyperparameters,
    checkpoint: null,
    decisions: 0,
    best: null,
    history: [],
    changed: [],
    keeps: true,
    withoutCollectors: false,
    hasPast: false,
  };
}

/**
 * A run that goes on from a checkpoint.
 *
 * @param hyperparameters - those to go on with; the checkpoint's own when null.
 * @throws PlaytrainError `bad-file` when the checkpoint does not fit the game.
 */
export function continuedRun(
  entry: GameEntry,
  checkpoint: Uint8Array<ArrayBuffer>,
  hyperparameters: Hyperparameters | null,
  best: Beginning['best'],
): Beginning {
  const state = decodeTrainingState(checkpoint, environmentSpec(entry.simulation));
  return {
    entry,
    hyperparameters: hyperparameters ?? state.hyperparameters,
    checkpoint,
    decisions: state.decisions,
    best,
    history: curvePoints(state.curve),
    changed: [],
    keeps: true,
    withoutCollectors: false,
    hasPast: true,
  };
}

/**
 * The kept run that a visit goes on with: the one that the address names, or, when it names none, the newest.
 *
 * @returns null where nothing is kept. @throws PlaytrainError when storage or the kept run cannot be read.
 */
export async function keptRun(entry: GameEntry, named: Hyperparameters | null): Promise<Beginning | null> {
  const { game } = entry.simulation;
  const identity = named === null ? (await recentRuns(game))[0] : runIdentity(entry.presets.fast, named);
  if (identity === undefined) return null;
  const latest = await loadRun(game, identity, 'latest');
  if (latest === null) return null;
  const best = seatsOf(entry.simulation) === 1 ? await loadRun(game, identity, 'best') : null;
  return continuedRun(entry, latest.bytes, named, best);
}

/**
 * Whether a run that goes on from a file is the very one that is kept under its settings, so that its past is there.
 * False where that cannot be read.
 */
export async function isKeptRun({
  entry,
  hyperparameters,
  history,
}: Pick<Beginning, 'entry' | 'hyperparameters' | 'history'>): Promise<boolean> {
  const { game } = entry.simulation;
  try {
    const kept = await loadRun(game, runIdentity(entry.presets.fast, hyperparameters), 'latest');
    if (kept === null) return false;
    const { curve } = decodeTrainingState(kept.bytes, environmentSpec(entry.simulation));
    return areOfOneRun(history, curvePoints(curve));
  } catch {
    return false;
  }
}

/** Whether two curves are of one run: at the newest update that both know, both had come to the same return. */
export function areOfOneRun(a: readonly MetricPoint[], b: readonly MetricPoint[]): boolean {
  const points = new Map(b.map((point) => [point.version, point]));
  const last = a.findLast(({ version }) => points.has(version));
  const other = last === undefined ? undefined : points.get(last.version);
  if (last === undefined || other === undefined) return false;
  const { meanReturn = null } = last.values;
  return (
    meanReturn !== null && last.decisions === other.decisions && meanReturn === other.values['meanReturn']
  );
}
