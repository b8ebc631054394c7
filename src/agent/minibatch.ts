import type { Hyperparameters, LearnedColumns } from '../contract';
import type { Estimates, KnownEstimates } from './estimates';

// What a gradient step is computed from.

/** The steps that an update learns from, cut out of a rollout and flattened: M of them, `[M, width]` of each column. */
export interface TrainingBatch extends LearnedColumns {
  readonly size: number; // M
  readonly estimates: Estimates;
  /** 1 where the policy that acted is the one being trained, before its first step of this update. */
  readonly onVersion: Uint8Array; // [M]
}

/** A batch whose advantages are known. */
export type EstimatedBatch = TrainingBatch & { readonly estimates: KnownEstimates };

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
> & {
  /** The step whose minibatch has a larger approximate KL is not taken, nor any after it; Infinity never stops. */
  readonly largestKl: number;
};

/**
 * Rows of a batch, a minibatch each, in the order in which the steps are to be taken. Sizes may differ. They may be
 * drawn as they are asked for: in order, and each is only good until the next one is.
 */
export type Minibatches = Pick<readonly Int32Array[], 'length' | 'at'>;
