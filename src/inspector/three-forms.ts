import { followingValue, tailContinues } from '../agent/gae';
import type { Supposed } from './what-if';

// One advantage, written in three ways. All in float64; the function that trains rounds to float32 at the end.

/** A step of one agent, as it counts for an advantage. */
export interface Step {
  /** t + l. */
  readonly step: number;
  readonly reward: number;
  /** V(s_t). */
  readonly value: number;
  /** What follows by the critic: 0 after a real end. */
  readonly nextValue: number;
  /** δ. */
  readonly residual: number;
}

/** The later surprise l, by the weight it has in A_t. */
export interface WeightedResidual extends Step {
  /** (γλ)^l. */
  readonly weight: number;
}

/** The k-step advantage A^(k), by the weight it has in A_t. */
export interface WeightedKStep {
  readonly k: number;
  /** A^(k) = r_t + γ r_{t+1} + … + γ^k V(s_{t+k}) − V(s_t). */
  readonly advantage: number;
  /** (1 − λ)λ^(k−1); the last takes all that is left, λ^(L−1). */
  readonly weight: number;
}

/**
 * The steps whose surprises reach step `step` of an agent, itself first: to the episode's end, the rollout's, or the
 * step before another controller's. None where the step itself was another's.
 */
export function reaching(
  { input, discount, bootstrapTruncated }: Supposed,
  agent: number,
  step: number,
): Step[] {
  const { steps, agents } = input.shape;
  const reached: Step[] = [];
  if (input.valid[step * agents + agent] === 0) return reached;
  for (let later = step; later < steps; later++) {
    const cell = later * agents + agent;
    const reward = input.rewards[cell]!;
    const value = input.values[cell]!;
    const nextValue = followingValue(input, cell, bootstrapTruncated);
    reached.push({ step: later, reward, value, nextValue, residual: reward + discount * nextValue - value });
    if (!tailContinues(input, cell)) break;
  }
  return reached;
}

/** A_t = δ_t + γλ A_{t+1}, from the last step back. @returns of each step of `reached`. */
export function recursion(reached: readonly Step[], { discount, gaeLambda }: Supposed): number[] {
  const advantages = reached.map(({ residual }) => residual);
  let advantage = 0;
  for (let l = reached.length - 1; l >= 0; l--) {
    advantage = reached[l]!.residual + discount * gaeLambda * advantage;
    advantages[l] = advantage;
  }
  return advantages;
}

/** The terms of A_t = Σ (γλ)^l δ_{t+l}. */
export function weightedResiduals(
  reached: readonly Step[],
  { discount, gaeLambda }: Supposed,
): WeightedResidual[] {
  return reached.map((step, l) => ({ ...step, weight: (discount * gaeLambda) ** l }));
}

/** The terms of A_t = (1 − λ) Σ λ^(k−1) A^(k); each A^(k) from the rewards that came, not from surprises. */
export function weightedKSteps(reached: readonly Step[], { discount, gaeLambda }: Supposed): WeightedKStep[] {
  let rewards = 0;
  return reached.map(({ reward, nextValue }, index) => {
    const k = index + 1;
    rewards += discount ** index * reward;
    const advantage = rewards + discount ** k * nextValue - reached[0]!.value;
    const isLast = k === reached.length;
    const weight = isLast ? gaeLambda ** index : (1 - gaeLambda) * gaeLambda ** index;
    return { k, advantage, weight };
  });
}

/** One advantage in its three forms. */
export interface ThreeForms {
  readonly recursion: number;
  readonly sum: number;
  readonly mean: number;
}

/** Of the step that `reached` begins with; null where it was not the learner's. */
export function threeForms(reached: readonly Step[], supposed: Supposed): ThreeForms | null {
  if (reached.length === 0) return null;
  return {
    recursion: recursion(reached, supposed)[0]!,
    sum: weightedResiduals(reached, supposed).reduce(
      (sum, { weight, residual }) => sum + weight * residual,
      0,
    ),
    mean: weightedKSteps(reached, supposed).reduce(
      (sum, { weight, advantage }) => sum + weight * advantage,
      0,
    ),
  };
}
