import type { KnownEstimates } from './estimates';
import { lossStatistics } from './loss/ppo-terms';
import type { Minibatches, StepSettings, TrainingBatch } from './minibatch';
import type { PolicyLayout } from './policy';

/** What a minibatch reports: of each loss term what it says, and the gradient's norm before it is clipped. */
export const statisticNames = [...lossStatistics, 'gradientNorm'] as const;
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
  /**
   * One row a minibatch, in the order in which they were computed. Where the KL stopped the update, the last row is
   * of the minibatch whose step was not taken.
   */
  readonly statistics: readonly StatisticsRow[];
  readonly stoppedEarly: boolean;
  /** What the batch's steps came to. */
  readonly estimates: KnownEstimates;
}

/** All that one update needs, given at once, so that a trainer uploads once. */
export interface TrainerUpdate {
  readonly batch: TrainingBatch;
  readonly minibatches: Minibatches;
  readonly settings: StepSettings;
}

/**
 * Takes the gradient steps of PPO updates, wherever it keeps its weights. `createAutodiffTrainer` is the definition;
 * any other must equal it.
 */
export interface MinibatchTrainer {
  /** Takes up an update. */
  begin(update: TrainerUpdate): void;
  /**
   * Takes the step of the next minibatch, or asks the device to: it may be done only after this returns. Where that
   * takes long, it is taken in parts, so that the thread's other messages need not wait for the whole.
   *
   * @returns whether the minibatch's step is complete, or another part of it is to follow.
   */
  step(): boolean;
  /**
   * Resolves once the device has done every step asked for so far.
   *
   * @returns for how long the device had nothing left to do meanwhile, milliseconds: news of it comes late.
   */
  settle(): Promise<number>;
  /** Whether a minibatch exceeded the largest KL, so that further steps change nothing. May wait for the device. */
  hasStopped(): Promise<boolean>;
  /** Ends the update and reads weights and statistics back, once. */
  finish(): Promise<TrainerResult>;
  dispose(): void;
}

/** Takes the whole step of the next minibatch at once. */
export function takeStep(trainer: Pick<MinibatchTrainer, 'step'>): void {
  while (!trainer.step());
}

/** Multiplications and additions of one row's way forward and back: six a weight. */
export function rowOperations({ parameterCount }: PolicyLayout): number {
  return 6 * parameterCount;
}

/** Makes a trainer that goes on from a state, which it copies. */
export type CreateTrainer = (layout: PolicyLayout, state: TrainerState) => MinibatchTrainer;

/** Leaves out the rows of minibatches after the one that exceeded the largest KL, and counts the steps taken. */
export function untilStopped(rows: readonly StatisticsRow[], largestKl: number) {
  const stoppedAt = rows.findIndex(({ approximateKl }) => approximateKl > largestKl);
  const stoppedEarly = stoppedAt !== -1;
  return {
    statistics: stoppedEarly ? rows.slice(0, stoppedAt + 1) : rows,
    stoppedEarly,
    stepsTaken: stoppedEarly ? stoppedAt : rows.length,
  };
}
