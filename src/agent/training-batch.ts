import type { Rollout } from '../contract';
import type { Advantages } from './gae';
import type { TrainingBatch } from './minibatch-trainer';

/** A rollout and what GAE made of it. */
export interface EstimatedRollout {
  readonly rollout: Rollout;
  readonly estimates: Advantages;
}

/**
 * Cuts the learner's own steps out of one or more rollouts of the same length, flattened in order of time and, within
 * a step, of rollout and agent; steps of a person or a frozen policy are left behind. Agents shared out over several
 * rollouts therefore give the same batch as all of them in one.
 *
 * @param version of the policy about to be trained.
 * @returns copies, M rows each.
 */
export function trainingBatch(parts: readonly EstimatedRollout[], version: number): TrainingBatch {
  const first = parts[0]!.rollout.shape;
  const cells = validCells(parts);
  const size = cells.length;
  const gather = <Numbers extends Float32Array | Uint8Array>(
    from: (part: EstimatedRollout) => Numbers,
    into: Numbers,
    width: number,
  ) => {
    const sources = parts.map(from);
    for (let row = 0; row < size; row++) {
      const { part, cell } = cells[row]!;
      const source = sources[part]!;
      for (let i = 0; i < width; i++) into[row * width + i] = source[cell * width + i]!;
    }
    return into;
  };
  const floats = (from: (part: EstimatedRollout) => Float32Array, width: number) =>
    gather(from, new Float32Array(size * width), width);
  return {
    size,
    observations: floats(({ rollout }) => rollout.observations, first.observationSize),
    actions: floats(({ rollout }) => rollout.actions, first.actionSize),
    masks: gather<Uint8Array>(
      ({ rollout }) => rollout.masks,
      new Uint8Array(size * first.maskSize),
      first.maskSize,
    ),
    logProbabilities: floats(({ rollout }) => rollout.logProbabilities, 1),
    values: floats(({ rollout }) => rollout.values, 1),
    advantages: floats(({ estimates }) => estimates.advantages, 1),
    returns: floats(({ estimates }) => estimates.returns, 1),
    present: Uint8Array.from(cells, ({ part, step }) =>
      parts[part]!.rollout.versions[step] === version ? 1 : 0,
    ),
  };
}

interface ValidCell {
  readonly part: number;
  readonly step: number;
  /** step · agents + agent, in its part. */
  readonly cell: number;
}

function validCells(parts: readonly EstimatedRollout[]): ValidCell[] {
  const cells: ValidCell[] = [];
  const longest = Math.max(...parts.map(({ rollout }) => rollout.shape.steps));
  for (let step = 0; step < longest; step++) {
    parts.forEach(({ rollout: { shape, valid } }, part) => {
      if (step >= shape.steps) return;
      for (let cell = step * shape.agents; cell < (step + 1) * shape.agents; cell++) {
        if (valid[cell] !== 0) cells.push({ part, step, cell });
      }
    });
  }
  return cells;
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
