import type { Rollout } from '../contract';
import type { Advantages } from './gae';
import type { TrainingBatch } from './minibatch-trainer';

/**
 * Cuts the learner's own steps out of a rollout, flattened in order; steps of a person or a frozen policy are left
 * behind.
 *
 * @param version of the policy about to be trained.
 * @returns copies, M rows each.
 */
export function trainingBatch(rollout: Rollout, estimates: Advantages, version: number): TrainingBatch {
  const { arenas, observationSize, actionSize, maskSize } = rollout.shape;
  const cells: number[] = [];
  for (let cell = 0; cell < rollout.valid.length; cell++) {
    if (rollout.valid[cell] !== 0) cells.push(cell);
  }
  const size = cells.length;
  const gather = <Numbers extends Float32Array | Uint8Array>(from: Numbers, into: Numbers, width: number) => {
    for (let row = 0; row < size; row++) {
      const start = cells[row]! * width;
      for (let i = 0; i < width; i++) into[row * width + i] = from[start + i]!;
    }
    return into;
  };
  const floats = (from: Float32Array, width: number) => gather(from, new Float32Array(size * width), width);
  return {
    size,
    observations: floats(rollout.observations, observationSize),
    actions: floats(rollout.actions, actionSize),
    masks: gather<Uint8Array>(rollout.masks, new Uint8Array(size * maskSize), maskSize),
    logProbabilities: floats(rollout.logProbabilities, 1),
    values: floats(rollout.values, 1),
    advantages: floats(estimates.advantages, 1),
    returns: floats(estimates.returns, 1),
    present: Uint8Array.from(cells, (cell) =>
      rollout.versions[Math.floor(cell / arenas)] === version ? 1 : 0,
    ),
  };
}

/**
 * How much of the returns' variance the critic foresaw: 1 − Var(R − V) / Var(R), over the whole batch.
 *
 * @returns null where the returns do not vary.
 */
export function explainedVariance({
  returns,
  values,
}: Pick<TrainingBatch, 'returns' | 'values'>): number | null {
  const total = variance(Float64Array.from(returns));
  if (!(total > 0)) return null;
  return 1 - variance(Float64Array.from(returns, (value, i) => value - values[i]!)) / total;
}

function variance(numbers: Float64Array): number {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
}
