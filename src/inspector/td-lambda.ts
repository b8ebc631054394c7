import type { Step } from './three-forms';

// TD(λ) over one stretch of steps, with a critic that stays as it is meanwhile: what the forward view would change of
// it and what the backward view would are then the same (Sutton and Barto 2018, section 12.2). Both name, for each
// weight of the critic, the sum of all changes before the step size.

/** ∇V(s) of a step of the stretch, by its number from 0: one number a weight. */
export type ValueGradient = (index: number) => Float64Array;

/** A critic with one weight for each step of the stretch, as a table of states that are all different. */
export function tableGradient(steps: number): ValueGradient {
  return (index) => {
    const gradient = new Float64Array(steps);
    gradient[index] = 1;
    return gradient;
  };
}

/**
 * λ-return G_t^λ = (1 − λ) Σ λ^(k−1) G^(k) + λ^(L−1) G^(L) of a step of the stretch, from the rewards that came: what the
 * forward view looks ahead to, and the critic's target.
 */
export function lambdaReturn(
  stretch: readonly Step[],
  from: number,
  discount: number,
  lambda: number,
): number {
  let rewards = 0;
  let mean = 0;
  let discounted = 1; // γ^l
  let weight = 1; // λ^l
  for (let index = from; index < stretch.length; index++) {
    const { reward, nextValue } = stretch[index]!;
    rewards += discounted * reward;
    discounted *= discount;
    const kStep = rewards + discounted * nextValue;
    const isLast = index === stretch.length - 1;
    mean += (isLast ? 1 : 1 - lambda) * weight * kStep;
    weight *= lambda;
  }
  return mean;
}

/** Σ_t (G_t^λ − V(s_t)) ∇V(s_t): every step waits for what comes after it. */
export function forwardView(
  stretch: readonly Step[],
  discount: number,
  lambda: number,
  gradient: ValueGradient = tableGradient(stretch.length),
): Float64Array {
  const changes = new Float64Array(stretch.length === 0 ? 0 : gradient(0).length);
  stretch.forEach(({ value }, index) => {
    const slopes = gradient(index);
    // Each looks ahead to the end of the stretch: only for steps that change anything.
    if (slopes.every((slope) => slope === 0)) return;
    const error = lambdaReturn(stretch, index, discount, lambda) - value;
    slopes.forEach((slope, weight) => {
      changes[weight] = changes[weight]! + error * slope;
    });
  });
  return changes;
}

/** Σ_t δ_t e_t with e_t = γλ e_{t−1} + ∇V(s_t): every surprise is handed back at once to those who came before it. */
export function backwardView(
  stretch: readonly Step[],
  discount: number,
  lambda: number,
  gradient: ValueGradient = tableGradient(stretch.length),
): Float64Array {
  const changes = new Float64Array(stretch.length === 0 ? 0 : gradient(0).length);
  const trace = new Float64Array(changes.length);
  stretch.forEach(({ residual }, index) => {
    const slopes = gradient(index);
    for (let weight = 0; weight < trace.length; weight++) {
      trace[weight] = discount * lambda * trace[weight]! + slopes[weight]!;
      changes[weight] = changes[weight]! + residual * trace[weight]!;
    }
  });
  return changes;
}

/** The trace of a table at step `at` of a stretch: how far each earlier step still answers for what happens there. */
export function traceAt(at: number, discount: number, lambda: number): number[] {
  return Array.from({ length: at + 1 }, (_, index) => (discount * lambda) ** (at - index));
}

/** Where the episode that holds a step of `steps` begins, in a rollout that may begin in its middle. */
export function episodeStart(
  step: number,
  { shape, terminated, truncated, valid }: EpisodeFlags,
  agent: number,
): number {
  const { agents } = shape;
  let first = step;
  while (first > 0) {
    const before = (first - 1) * agents + agent;
    if (terminated[before] !== 0 || truncated[before] !== 0 || valid[before] === 0) break;
    first--;
  }
  return first;
}

interface EpisodeFlags {
  readonly shape: { readonly agents: number };
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly valid: Uint8Array;
}
