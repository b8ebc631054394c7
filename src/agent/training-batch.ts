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
    onVersion: Uint8Array.from(cells.places, (place, row) => {
      const { shape, versions } = rollouts[cells.rollouts[row]!]!;
      return versions[Math.floor(place / shape.agents)] === version ? 1 : 0;
    }),
    estimates: { rollouts, cells, settings },
  };
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
  const total = variance(Float64Array.from(returns));
  if (!(total > 0)) return null;
  return 1 - variance(Float64Array.from(returns, (value, i) => value - values[i]!)) / total;
}

function variance(numbers: Float64Array): number {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
}
