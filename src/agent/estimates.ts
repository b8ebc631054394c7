import type { Rollout } from '../contract';
import { type AdvantageInput, type AdvantageSettings, generalisedAdvantages } from './gae';

/** What the steps of a batch came to. */
export interface KnownEstimates {
  readonly advantages: Float32Array; // [M]
  /** What the critic should have said: the λ-returns. */
  readonly returns: Float32Array; // [M]
}

/** What they will come to, once it is computed where the gradient is. */
export interface EstimateTask {
  /** Filled side by side, all over the same number of steps. */
  readonly rollouts: readonly AdvantageInput[];
  readonly cells: BatchCells;
  readonly settings: AdvantageSettings;
}

export type Estimates = KnownEstimates | EstimateTask;

/** Where each step of a batch lies. */
export interface BatchCells {
  /** The number of its rollout. */
  readonly rollouts: Int32Array; // [M]
  /** Its place in that rollout's `[T, N]`. */
  readonly places: Int32Array; // [M]
}

/** The cells of the learner's own steps: in order of time and, within a step, of rollout and agent. */
export function validCells(parts: readonly Pick<Rollout, 'shape' | 'valid'>[]): BatchCells {
  const steps = parts[0]!.shape.steps; // an update has a rollout
  if (parts.some(({ shape }) => shape.steps !== steps)) {
    throw new Error('Rollouts of different lengths cannot be learned from together.');
  }
  const size = parts.reduce((sum, { valid }) => valid.reduce((count, flag) => count + flag, sum), 0);
  const rollouts = new Int32Array(size);
  const places = new Int32Array(size);
  let row = 0;
  for (let step = 0; step < steps; step++) {
    for (let part = 0; part < parts.length; part++) {
      const { shape, valid } = parts[part]!;
      const end = (step + 1) * shape.agents;
      for (let place = step * shape.agents; place < end; place++) {
        if (valid[place] === 0) continue;
        rollouts[row] = part;
        places[row] = place;
        row++;
      }
    }
  }
  return { rollouts, places };
}

/** Copies a column, `width` numbers a step, out of each step's rollout. @returns `into`, `[M, width]`. */
export function gatherCells<Numbers extends Float32Array | Int32Array | Uint8Array>(
  { rollouts, places }: BatchCells,
  columns: readonly Numbers[],
  width: number,
  into: Numbers,
): Numbers {
  for (let row = 0; row < places.length; row++) {
    const column = columns[rollouts[row]!]!;
    const start = places[row]! * width;
    for (let i = 0; i < width; i++) into[row * width + i] = column[start + i]!;
  }
  return into;
}

/** Estimates that are known, or are computed here, by the plain loop. */
export function knownEstimates(estimates: Estimates): KnownEstimates {
  if (!('rollouts' in estimates)) return estimates;
  const { rollouts, cells, settings } = estimates;
  const { discount, gaeLambda, bootstrapTruncated } = settings;
  const each = rollouts.map((rollout) =>
    generalisedAdvantages(rollout, discount, gaeLambda, bootstrapTruncated),
  );
  const gathered = (columns: readonly Float32Array[]) =>
    gatherCells(cells, columns, 1, new Float32Array(cells.places.length));
  return {
    advantages: gathered(each.map(({ advantages }) => advantages)),
    returns: gathered(each.map(({ returns }) => returns)),
  };
}
