import type { Hyperparameters } from './hyperparameters';
import type { RolloutShape } from './rollout';

/** What an update learned from, and what it made of it: copies that nobody else writes. */
export interface CapturedUpdate {
  /** Of the policy that came of the update. */
  readonly version: number;
  /** T decisions of all N agents, side by side. */
  readonly shape: RolloutShape;
  /** In force during the update. */
  readonly settings: Pick<
    Hyperparameters,
    'discount' | 'gaeLambda' | 'bootstrapTruncated' | 'clipRange' | 'minibatchSize' | 'decisionIntervalTicks'
  >;
  readonly rewards: Float32Array<ArrayBuffer>; // [T, N]
  /** As estimated when the agents acted; the last row values what followed the last decision. */
  readonly values: Float32Array<ArrayBuffer>; // [T + 1, N]
  readonly finalValues: Float32Array<ArrayBuffer>; // [T, N]
  readonly terminated: Uint8Array<ArrayBuffer>; // [T, N]
  readonly truncated: Uint8Array<ArrayBuffer>; // [T, N]
  readonly valid: Uint8Array<ArrayBuffer>; // [T, N]
  /** As the update used them; of steps that were not the learner's, 0 and the value. */
  readonly advantages: Float32Array<ArrayBuffer>; // [T, N]
  readonly returns: Float32Array<ArrayBuffer>; // [T, N]
  /** The agent that the columns below are about. */
  readonly agent: number;
  readonly observations: Float32Array<ArrayBuffer>; // [T, obs]
  readonly actions: Float32Array<ArrayBuffer>; // [T, actionSize]
  /** Of the policy that acted. */
  readonly logProbabilities: Float32Array<ArrayBuffer>; // [T]
  /** Of the policy that came of the update. NaN for steps that were not the learner's, as in the next two. */
  readonly newLogProbabilities: Float32Array<ArrayBuffer>; // [T]
  /** New probability of the action by the old one. */
  readonly ratios: Float32Array<ArrayBuffer>; // [T]
  /** Centred and scaled by their minibatch of the first epoch; NaN too for those that it left out. */
  readonly normalised: Float32Array<ArrayBuffer>; // [T]
  /** The number of the question that the first step answered; null where a collector gathered out of sight. */
  readonly firstDecision: number | null;
  /** The arena before each decision and after the last, where it is a simulation; else empty. */
  readonly states: Float64Array<ArrayBuffer>; // [T, stateSize]
}

/** Mistakes that people make with the estimate of advantages. */
export const estimateMistakes = [
  /** A time limit counts as death: nothing follows it. */
  'timeLimitAsDeath',
  /** After a time limit comes the value of the next episode's first observation, not of the last one seen. */
  'resetForFinal',
  /** Nothing follows the rollout's last step. */
  'noBootstrapAtCut',
  /** Advantages are not centred and scaled. */
  'noNormalisation',
] as const;
/** A mistake that people make in estimating advantages, to be tried on the data of an update. */
export type EstimateMistake = (typeof estimateMistakes)[number];

/** Where somebody looks in a captured update, and under which settings. */
export interface InspectedPlace {
  readonly step: number;
  /** γ, λ and mistakes; null where they are the update's own. */
  readonly discount: number | null;
  readonly gaeLambda: number | null;
  readonly mistakes: readonly EstimateMistake[] | null;
}
