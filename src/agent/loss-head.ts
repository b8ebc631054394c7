import type { ActionSpace } from '../contract';
import { createDistributionSlopes, type DistributionSlopes } from './distribution-slopes';
import type { EstimatedBatch, StepSettings } from './minibatch';
import type { StatisticsRow } from './minibatch-trainer';

/** The nets' outputs on a block of rows, and where their slopes go. Rows are padded to whole vectors. */
export interface HeadBlock {
  readonly outputs: Float32Array; // [rows, width]
  readonly values: Float32Array; // [rows, 4], the value first
  readonly logStd: Float32Array; // [A], of Gaussians only
  readonly outputSlopes: Float32Array; // [rows, width]
  readonly valueSlopes: Float32Array; // [rows, 4]
}

/**
 * The loss of one minibatch as a function of the nets' outputs, its slopes there, and what is reported of it: the
 * formulas of `ppo.ts`, differentiated by hand. In float64, block of rows after block of rows.
 */
export class LossHead {
  /** Of the log standard deviations, over all blocks so far. */
  readonly logStdSlopes: Float64Array; // [A]
  private readonly distribution: DistributionSlopes;
  private advantages = new Float64Array(0); // [B], normalised
  private sums = emptySums();

  constructor(space: ActionSpace) {
    this.distribution = createDistributionSlopes(space);
    this.logStdSlopes = new Float64Array(space.kind === 'continuous' ? space.size : 0);
  }

  /** Begins a minibatch of the batch's rows at `indices` `[B]`. */
  begin({ estimates }: EstimatedBatch, indices: Int32Array): void {
    if (this.advantages.length !== indices.length) this.advantages = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) this.advantages[i] = estimates.advantages[indices[i]!]!;
    normalise(this.advantages);
    this.logStdSlopes.fill(0);
    this.sums = emptySums();
  }

  /** Takes the minibatch's rows from `first` on, `rows` of them, and writes the slopes at the nets' outputs. */
  addBlock(
    batch: EstimatedBatch,
    indices: Int32Array,
    settings: StepSettings,
    first: number,
    rows: number,
    { outputs, values, logStd, outputSlopes, valueSlopes }: HeadBlock,
  ): void {
    const { distribution, sums } = this;
    const { returns } = batch.estimates;
    const { clipRange, valueClip, valueClipRange } = settings;
    const share = 1 / indices.length;
    const valueShare = settings.valueLoss === 'halfMeanSquared' ? 0.5 : 1;
    const valueScale = share * settings.valueCoefficient * valueShare;
    const entropySlope = -share * settings.entropyCoefficient;
    for (let row = 0; row < rows; row++) {
      const step = indices[first + row]!;
      distribution.read(outputs, row, logStd, batch, step);

      // −min(A·r, A·clip(r)), whose slope is 0 where the clipped term is the smaller.
      const advantage = this.advantages[first + row]!;
      const logRatio = distribution.logProbability - batch.logProbabilities[step]!;
      const ratio = Math.exp(logRatio);
      const plain = -advantage * ratio;
      const clipped = -advantage * clamp(ratio, 1 - clipRange, 1 + clipRange);
      const ratioSlope = plain >= clipped ? -share * advantage : 0;
      distribution.write(ratioSlope * ratio, entropySlope, outputSlopes, row, this.logStdSlopes);

      const value = values[row * 4]!;
      const error = value - returns[step]!;
      let square = error * error;
      let squareSlope = 2 * error;
      if (valueClip) {
        const oldValue = batch.values[step]!;
        const moved = value - oldValue;
        const clippedMove = clamp(moved, -valueClipRange, valueClipRange);
        const clippedError = oldValue + clippedMove - returns[step]!;
        if (clippedError * clippedError > square) {
          square = clippedError * clippedError;
          squareSlope = clippedMove === moved ? 2 * clippedError : 0;
        }
      }
      valueSlopes[row * 4] = valueScale * squareSlope;

      const ratioError = Math.abs(ratio - 1);
      sums.policyLoss += Math.max(plain, clipped);
      sums.valueLoss += valueShare * square;
      sums.entropy += distribution.entropy;
      sums.approximateKl += Math.expm1(logRatio) - logRatio;
      sums.clipFraction += ratioError > clipRange ? 1 : 0;
      sums.ratioDeviation = Math.max(sums.ratioDeviation, batch.onVersion[step]! * ratioError);
    }
  }

  /** What the minibatch reports, once every block is in. */
  statistics(minibatchSize: number, gradientNorm: number): StatisticsRow {
    const { ratioDeviation, ...sums } = this.sums;
    return {
      policyLoss: sums.policyLoss / minibatchSize,
      valueLoss: sums.valueLoss / minibatchSize,
      entropy: sums.entropy / minibatchSize,
      approximateKl: sums.approximateKl / minibatchSize,
      clipFraction: sums.clipFraction / minibatchSize,
      gradientNorm,
      ratioDeviation,
    };
  }
}

function emptySums() {
  return {
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    approximateKl: 0,
    clipFraction: 0,
    /** A largest, not a sum. */
    ratioDeviation: 0,
  };
}

/** Centres and scales by the numbers' own mean and unbiased standard deviation; leaves a single one as it is. */
function normalise(numbers: Float64Array): void {
  const count = numbers.length;
  if (count < 2) return;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += numbers[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (numbers[i]! - mean) * (numbers[i]! - mean);
  const scale = Math.sqrt(squares / (count - 1)) + 1e-8;
  for (let i = 0; i < count; i++) numbers[i] = (numbers[i]! - mean) / scale;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
