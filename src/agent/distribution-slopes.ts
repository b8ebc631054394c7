import { type ActionSpace, actionSize, choiceCounts, maskSize, policyOutputSize } from '../contract';
import { paddedWidth } from './kernels/kernels';
import type { TrainingBatch } from './minibatch';

/**
 * A policy head's log-probability and entropy, one row at a time, and their derivatives with respect to the head's
 * outputs. In float64; nothing here allocates.
 */
export interface DistributionSlopes {
  /** Of the stored action of the row last read, in nats, summed over its components. */
  readonly logProbability: number;
  readonly entropy: number;
  /**
   * Reads a row of `outputs` `[rows, width]` and the batch's action and mask at `step`.
   *
   * @param logStd `[A]`, read by Gaussians only.
   */
  read(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    batch: Pick<TrainingBatch, 'actions' | 'masks'>,
    step: number,
  ): void;
  /**
   * Writes the row last read's slopes into `slopes` `[rows, width]` and adds to those of `logStd`, given the loss's
   * slopes at its log-probability and at its entropy.
   */
  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Float32Array,
    row: number,
    logStdSlopes: Float64Array,
  ): void;
}

export function createDistributionSlopes(space: ActionSpace): DistributionSlopes {
  return space.kind === 'continuous' ? new GaussianSlopes(space.size) : new CategoricalSlopes(space);
}

/**
 * Independent choices with p = softmax(z) over the allowed ones:
 *
 *     ∂ log p[a] / ∂z[k] = 1{k = a} − p[k],    ∂H / ∂z[k] = −p[k] (log p[k] + H)
 *
 * A forbidden choice takes no part: its probability and its slope are exactly 0.
 */
class CategoricalSlopes implements DistributionSlopes {
  logProbability = 0;
  entropy = 0;
  private readonly counts: readonly number[];
  private readonly width: number;
  private readonly masked: boolean;
  private readonly choices: Int32Array; // [groups]
  private readonly groupEntropies: Float64Array; // [groups]
  private readonly probabilities: Float64Array; // [out], 0 where forbidden
  private readonly logProbabilities: Float64Array; // [out], meaningless where forbidden

  constructor(space: ActionSpace) {
    const size = policyOutputSize(space);
    this.counts = choiceCounts(space);
    this.width = paddedWidth(size);
    this.masked = maskSize(space) > 0;
    this.choices = new Int32Array(actionSize(space));
    this.groupEntropies = new Float64Array(this.counts.length);
    this.probabilities = new Float64Array(size);
    this.logProbabilities = new Float64Array(size);
  }

  read(
    outputs: Float32Array,
    row: number,
    _logStd: Float32Array,
    { actions, masks }: Pick<TrainingBatch, 'actions' | 'masks'>,
    step: number,
  ): void {
    const { counts, probabilities, logProbabilities, masked } = this;
    const logits = row * this.width;
    const mask = step * probabilities.length;
    this.logProbability = 0;
    this.entropy = 0;
    let first = 0;
    for (let group = 0; group < counts.length; group++) {
      const end = first + counts[group]!;
      let maximum = -Infinity;
      for (let k = first; k < end; k++) {
        if (!masked || masks[mask + k] !== 0) maximum = Math.max(maximum, outputs[logits + k]!);
      }
      let total = 0;
      for (let k = first; k < end; k++) {
        const allowed = !masked || masks[mask + k] !== 0;
        logProbabilities[k] = outputs[logits + k]! - maximum;
        probabilities[k] = allowed ? Math.exp(logProbabilities[k]!) : 0;
        total += probabilities[k]!;
      }
      const logTotal = Math.log(total);
      let entropy = 0;
      for (let k = first; k < end; k++) {
        logProbabilities[k] = logProbabilities[k]! - logTotal;
        probabilities[k] = probabilities[k]! / total;
        entropy -= probabilities[k]! * logProbabilities[k]!;
      }
      const chosen = first + actions[step * counts.length + group]!;
      this.choices[group] = chosen;
      this.groupEntropies[group] = entropy;
      this.logProbability += logProbabilities[chosen]!;
      this.entropy += entropy;
      first = end;
    }
  }

  write(logProbabilitySlope: number, entropySlope: number, slopes: Float32Array, row: number): void {
    const { counts, probabilities, logProbabilities } = this;
    const start = row * this.width;
    let first = 0;
    for (let group = 0; group < counts.length; group++) {
      const end = first + counts[group]!;
      const entropy = this.groupEntropies[group]!;
      for (let k = first; k < end; k++) {
        const pull = logProbabilitySlope + entropySlope * (logProbabilities[k]! + entropy);
        slopes[start + k] = -probabilities[k]! * pull;
      }
      const chosen = start + this.choices[group]!;
      slopes[chosen] = slopes[chosen]! + logProbabilitySlope;
      first = end;
    }
  }
}

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Independent normal components, z = (a − μ)/σ:
 *
 *     ∂ log π / ∂μ = z/σ,    ∂ log π / ∂ log σ = z² − 1,    ∂H / ∂ log σ = 1
 */
class GaussianSlopes implements DistributionSlopes {
  logProbability = 0;
  entropy = 0;
  private readonly size: number;
  private readonly width: number;
  private readonly deviations: Float64Array; // [A], z
  private readonly inverseStds: Float64Array; // [A]

  constructor(size: number) {
    this.size = size;
    this.width = paddedWidth(size);
    this.deviations = new Float64Array(size);
    this.inverseStds = new Float64Array(size);
  }

  read(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    { actions }: Pick<TrainingBatch, 'actions'>,
    step: number,
  ): void {
    this.logProbability = 0;
    this.entropy = 0;
    for (let i = 0; i < this.size; i++) {
      const inverseStd = Math.exp(-logStd[i]!);
      const deviation = (actions[step * this.size + i]! - outputs[row * this.width + i]!) * inverseStd;
      this.inverseStds[i] = inverseStd;
      this.deviations[i] = deviation;
      this.logProbability -= 0.5 * deviation * deviation + logStd[i]! + halfLogTwoPi;
      this.entropy += logStd[i]! + halfLogTwoPi + 0.5;
    }
  }

  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Float32Array,
    row: number,
    logStdSlopes: Float64Array,
  ): void {
    for (let i = 0; i < this.size; i++) {
      const deviation = this.deviations[i]!;
      slopes[row * this.width + i] = logProbabilitySlope * deviation * this.inverseStds[i]!;
      logStdSlopes[i] = logStdSlopes[i]! + logProbabilitySlope * (deviation * deviation - 1) + entropySlope;
    }
  }
}
