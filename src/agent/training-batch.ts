import { columnArray, type LearnedColumns, learnedColumns, type Rollout, widthOf } from '../contract';
import { type BatchCells, gatherCells, type KnownEstimates, validCells } from './estimates';
import type { AdvantageSettings } from './gae';
import type { TrainingBatch } from './minibatch';

/**
 * Cuts the learner's own steps out of one or more rollouts of the same length, flattened in order of time and, within
 * a step, of rollout and agent; steps of a person or a frozen policy are left behind. Agents shared out over several
 * rollouts therefore give the same batch as all of them in one.
 *
 * @param version of the policy about to be trained.
 * @returns copies, M rows each, whose advantages whoever learns estimates from the rollouts themselves.
 */
export function trainingBatch(
  rollouts: readonly Rollout[],
  version: number,
  settings: AdvantageSettings,
): TrainingBatch {
  const cells = validCells(rollouts);
  return {
    size: cells.places.length,
    ...gatherColumns(rollouts, cells),
    onVersion: stepsOnVersion(rollouts, cells, version),
    estimates: { rollouts, cells, settings },
  };
}

/** 1 where a step's action was chosen by this version, `[M]`. */
function stepsOnVersion(
  rollouts: readonly Rollout[],
  { places, rollouts: owners }: BatchCells,
  version: number,
) {
  const onVersion = new Uint8Array(places.length);
  for (let row = 0; row < places.length; row++) {
    const { shape, versions } = rollouts[owners[row]!]!;
    onVersion[row] = versions[Math.floor(places[row]! / shape.agents)] === version ? 1 : 0;
  }
  return onVersion;
}

function gatherColumns(rollouts: readonly Rollout[], cells: BatchCells): LearnedColumns {
  const { shape } = rollouts[0]!; // an update has a rollout
  const gathered = learnedColumns.map((column) => {
    const width = widthOf(column, shape);
    const parts = rollouts.map((rollout) => rollout[column.name]);
    return [column.name, gatherCells(cells, parts, width, columnArray(column, cells.places.length * width))];
  });
  return Object.fromEntries(gathered) as LearnedColumns;
}

/**
 * How much of the returns' variance the critic foresaw: 1 − Var(R − V) / Var(R), over the whole batch.
 *
 * @param values the critic's, `[M]`.
 * @returns null where the returns do not vary.
 */
export function explainedVariance(
  { returns }: Pick<KnownEstimates, 'returns'>,
  values: Float32Array,
): number | null {
  const total = variance(returns.length, (step) => returns[step]!);
  if (!(total > 0)) return null;
  return 1 - variance(returns.length, (step) => returns[step]! - values[step]!) / total;
}

/** Of so many numbers, in float64. */
function variance(count: number, numberAt: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += numberAt(index);
  const mean = sum / count;
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const deviation = numberAt(index) - mean;
    squares += deviation * deviation;
  }
  return squares / count;
}
