import type { EstimatedBatch, StepSettings } from '../minibatch';

/** What the loss of one minibatch is taken over. */
export interface LossMinibatch {
  readonly batch: EstimatedBatch;
  /** Rows of the batch, `[B]`. */
  readonly indices: Int32Array;
  readonly settings: StepSettings;
}

/**
 * What a policy says of a block of a minibatch's rows, and so what a loss is a function of; or, where slopes are meant,
 * the derivatives of the loss with respect to it. In float64, `[rows]` each.
 */
export interface PolicyOutputs {
  /** log π(a|s) of the stored actions, in nats. */
  readonly logProbabilities: Float64Array;
  /** H(π(·|s)). */
  readonly entropies: Float64Array;
  /** V(s). */
  readonly values: Float64Array;
}

/**
 * One term of the loss: a mean over the minibatch of some function of the policy's outputs. It knows no action space, no
 * net and no device, and takes a minibatch a block of rows at a time.
 */
export interface LossTerm<Statistic extends string = string> {
  /** Begins a minibatch. */
  begin(minibatch: LossMinibatch): void;
  /**
   * Takes the minibatch's rows from `first` on, `rows` of them, and adds this term's slopes at the outputs to `slopes`.
   */
  addBlock(first: number, rows: number, outputs: PolicyOutputs, slopes: PolicyOutputs): void;
  /** What the term adds to the loss, its coefficient included, once every block is in. */
  loss(): number;
  /** What the minibatch reports of it, once every block is in. */
  statistics(): Readonly<Record<Statistic, number>>;
}

/** A kind of term: what it is called in reports, and how one is made. */
export interface LossTermKind<Statistic extends string = string> {
  readonly statistics: readonly Statistic[];
  readonly create: () => LossTerm<Statistic>;
}
