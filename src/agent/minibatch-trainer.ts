import type { Hyperparameters } from '../contract';

/** The steps that an update learns from, cut out of a rollout and flattened: M of them. */
export interface TrainingBatch {
  readonly size: number; // M
  readonly observations: Float32Array; // [M, obs]
  /** As stored: indices of choices, or continuous actions unclipped. */
  readonly actions: Float32Array; // [M, actionSize]
  /** 1 for each allowed choice; empty where nothing is ever forbidden. */
  readonly masks: Uint8Array; // [M, maskSize]
  /** Of the policy that acted. */
  readonly logProbabilities: Float32Array; // [M]
  /** Of the critic that acted along. */
  readonly values: Float32Array; // [M]
  readonly advantages: Float32Array; // [M]
  readonly returns: Float32Array; // [M]
  /** 1 where the policy that acted is the one being trained, before its first step of this update. */
  readonly present: Uint8Array; // [M]
}

/** What stays the same through all of an update's minibatches. */
export type StepSettings = Pick<
  Hyperparameters,
  | 'learningRate'
  | 'clipRange'
  | 'valueClip'
  | 'valueClipRange'
  | 'valueLoss'
  | 'valueCoefficient'
  | 'entropyCoefficient'
  | 'maxGradientNorm'
  | 'adamEpsilon'
>;

/** What a minibatch reports, in this order. */
export const statisticNames = [
  'policyLoss',
  'valueLoss',
  'entropy',
  'approximateKl',
  'clipFraction',
  'gradientNorm',
  /** max |ratio − 1| over the steps that the present policy chose. */
  'ratioDeviation',
] as const;
export type Statistic = (typeof statisticNames)[number];
export type StatisticsRow = Readonly<Record<Statistic, number>>;

/** Weights and optimiser, as plain numbers. */
export interface TrainerState {
  readonly parameters: Float32Array<ArrayBuffer>; // [P]
  readonly adamMean: Float32Array<ArrayBuffer>; // [P]
  readonly adamVariance: Float32Array<ArrayBuffer>; // [P]
  readonly adamSteps: number;
}

export interface TrainerResult extends TrainerState {
  /** One row a minibatch, in the order in which they were computed. */
  readonly statistics: readonly StatisticsRow[];
}

/**
 * Takes the gradient steps of PPO updates, wherever it keeps its weights. Between `begin` and `finish` nothing is
 * read back, except by `stepWithin`. `createAutodiffTrainer` is the definition; any other must equal it.
 */
export interface MinibatchTrainer {
  /** Takes up an update's batch and settings. */
  begin(batch: TrainingBatch, settings: StepSettings): void;
  /** One gradient step on the batch's rows at `indices` `[B]`. */
  step(indices: Int32Array): void;
  /**
   * As `step`, but only if the minibatch's approximate KL is at most `largestKl`; the minibatch is reported either way.
   *
   * @returns whether the step was taken.
   */
  stepWithin(indices: Int32Array, largestKl: number): Promise<boolean>;
  /** Ends the update and reads weights and statistics back, once. */
  finish(): Promise<TrainerResult>;
  dispose(): void;
}
