import type { Hyperparameters, Rollout } from '../contract';

/** The settings that advantages depend on. */
export type AdvantageSettings = Pick<Hyperparameters, 'discount' | 'gaeLambda' | 'bootstrapTruncated'>;

/** What generalised advantage estimation reads of a rollout. */
export type AdvantageInput = Pick<
  Rollout,
  'shape' | 'rewards' | 'values' | 'finalValues' | 'terminated' | 'truncated' | 'valid'
>;

/** What `generalisedAdvantages` works out, of each decision. */
export interface Advantages {
  readonly advantages: Float32Array<ArrayBuffer>; // [T, N]
  /** What the critic should have said: advantage plus value, the λ-return. */
  readonly returns: Float32Array<ArrayBuffer>; // [T, N]
}

/**
 * The value that follows a step: 0 after a real end; after a cut, the value of the episode's final observation (or
 * 0 where a time limit counts as death); else the value of the next row.
 *
 * @param cell the step's place in `[T, N]`; the next row lies `N` further.
 */
export function followingValue(rollout: AdvantageInput, cell: number, bootstrapTruncated: boolean): number {
  if (rollout.terminated[cell] !== 0) return 0;
  if (rollout.truncated[cell] !== 0) return bootstrapTruncated ? rollout.finalValues[cell]! : 0;
  return rollout.values[cell + rollout.shape.agents]!;
}

/**
 * Whether later surprises reach back to a step: not across an episode's end, not past the rollout's last row, and
 * not out of a step that another controller took.
 *
 * @param cell the step's place in `[T, N]`.
 */
export function tailContinues(rollout: AdvantageInput, cell: number): boolean {
  const { steps, agents } = rollout.shape;
  const next = cell + agents;
  return (
    rollout.terminated[cell] === 0 &&
    rollout.truncated[cell] === 0 &&
    next < steps * agents &&
    rollout.valid[next] !== 0
  );
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16), backwards in one pass:
 *
 *     δ_t = r_t + γ V(s_{t+1}) − V(s_t)
 *     A_t = δ_t + γλ A_{t+1}          the second part only where the tail continues
 *     R_t = A_t + V(s_t)
 *
 * The plain loop: the WebGL program must equal it. Sums in float64, results in float32. Steps that were not the
 * learner's get advantage 0 and their value as return, so that they weigh nothing wherever they are read.
 */
export function generalisedAdvantages(
  rollout: AdvantageInput,
  discount: number,
  gaeLambda: number,
  bootstrapTruncated: boolean,
): Advantages {
  const { steps, agents } = rollout.shape;
  const advantages = new Float32Array(steps * agents);
  const returns = new Float32Array(steps * agents);
  for (let agent = 0; agent < agents; agent++) {
    let advantage = 0;
    for (let step = steps - 1; step >= 0; step--) {
      const cell = step * agents + agent;
      const value = rollout.values[cell]!;
      if (rollout.valid[cell] === 0) {
        returns[cell] = value;
        continue;
      }
      const residual =
        rollout.rewards[cell]! + discount * followingValue(rollout, cell, bootstrapTruncated) - value;
      const tail = tailContinues(rollout, cell) ? advantage : 0;
      advantage = residual + discount * gaeLambda * tail;
      advantages[cell] = advantage;
      returns[cell] = advantage + value;
    }
  }
  return { advantages, returns };
}
