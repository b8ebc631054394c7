import { type ActionSpace, choiceCounts, maskSize, policyOutputSize } from '../contract';
import { type Numbers, paddedWidth } from './kernels/kernels';
import type { TrainingBatch } from './minibatch';

/**
 * A policy head's log-probability and entropy, row by row, and their derivatives with respect to the head's outputs.
 * In float64; nothing here allocates once the most rows have been read.
 */
export interface DistributionSlopes {
  /** Of the stored action of the row last read, in nats, summed over its components. */
  readonly logProbability: number;
  readonly entropy: number;
  /**
   * Reads a row of `outputs` `[rows, width]` and the batch's action and mask at `step`. What its slopes take is kept
   * until the same row is read again.
   *
   * @param logStd `[A]`, read by Gaussians only.
   */
  read(
    outputs: Numbers,
    row: number,
    logStd: Numbers,
    batch: Pick<TrainingBatch, 'actions' | 'masks'>,
    step: number,
  ): void;
  /**
   * Writes the slopes of a row that was read into `slopes` `[rows, width]` and adds to those of `logStd`, given the loss's
   * slopes at its log-probability and at its entropy.
   */
  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Numbers,
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
  private readonly size: number;
  /** For how many rows there is room. */
  private rows = 0;
  private choices = new Float64Array(0); // [rows, groups]
  private groupEntropies = new Float64Array(0); // [rows, groups]
  private probabilities = new Float64Array(0); // [rows, out], 0 where forbidden
  private logProbabilities = new Float64Array(0); // [rows, out], meaningless where forbidden

  constructor(space: ActionSpace) {
    this.size = policyOutputSize(space);
    this.counts = choiceCounts(space);
    this.width = paddedWidth(this.size);
    this.masked = maskSize(space) > 0;
  }

  read(
    outputs: Numbers,
    row: number,
    _logStd: Numbers,
    { actions, masks }: Pick<TrainingBatch, 'actions' | 'masks'>,
    step: number,
  ): void {
    if (row >= this.rows) this.makeRoom(row + 1);
    const { counts, masked, size, probabilities, logProbabilities } = this;
    const logits = row * this.width;
    const mask = step * size;
    const kept = row * size;
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
        const logit = outputs[logits + k]! - maximum;
        const weight = allowed ? Math.exp(logit) : 0;
        logProbabilities[kept + k] = logit;
        probabilities[kept + k] = weight;
        total += weight;
      }
      const logTotal = Math.log(total);
      let entropy = 0;
      for (let k = first; k < end; k++) {
        const logProbability = logProbabilities[kept + k]! - logTotal;
        const probability = probabilities[kept + k]! / total;
        logProbabilities[kept + k] = logProbability;
        probabilities[kept + k] = probability;
        entropy -= probability * logProbability;
      }
      const chosen = first + actions[step * counts.length + group]!;
      this.choices[row * counts.length + group] = chosen;
      this.groupEntropies[row * counts.length + group] = entropy;
      this.logProbability += logProbabilities[kept + chosen]!;
      this.entropy += entropy;
      first = end;
    }
  }

  write(logProbabilitySlope: number, entropySlope: number, slopes: Numbers, row: number): void {
    const { counts, probabilities, logProbabilities } = this;
    const start = row * this.width;
    const kept = row * this.size;
    let first = 0;
    for (let group = 0; group < counts.length; group++) {
      const end = first + counts[group]!;
      const entropy = this.groupEntropies[row * counts.length + group]!;
      for (let k = first; k < end; k++) {
        const pull = logProbabilitySlope + entropySlope * (logProbabilities[kept + k]! + entropy);
        slopes[start + k] = -probabilities[kept + k]! * pull;
      }
      const chosen = start + this.choices[row * counts.length + group]!;
      slopes[chosen] = slopes[chosen]! + logProbabilitySlope;
      first = end;
    }
  }

  private makeRoom(rows: number): void {
    this.rows = Math.max(rows, 2 * this.rows);
    this.choices = grown(this.choices, this.rows * this.counts.length);
    this.groupEntropies = grown(this.groupEntropies, this.rows * this.counts.length);
    this.probabilities = grown(this.probabilities, this.rows * this.size);
    this.logProbabilities = grown(this.logProbabilities, this.rows * this.size);
  }
}

/** A longer array that begins as the given one. */
function grown(numbers: Float64Array, count: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(count);
  larger.set(numbers);
  return larger;
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
  /** For how many rows there is room. */
  private rows = 0;
  private deviations = new Float64Array(0); // [rows, A], z
  private inverseStds = new Float64Array(0); // [rows, A]

  constructor(size: number) {
    this.size = size;
    this.width = paddedWidth(size);
  }

  read(
    outputs: Numbers,
    row: number,
    logStd: Numbers,
    { actions }: Pick<TrainingBatch, 'actions'>,
    step: number,
  ): void {
    if (row >= this.rows) this.makeRoom(row + 1);
    const { size, deviations, inverseStds } = this;
    this.logProbability = 0;
    this.entropy = 0;
    for (let i = 0; i < size; i++) {
      const inverseStd = Math.exp(-logStd[i]!);
      const deviation = (actions[step * size + i]! - outputs[row * this.width + i]!) * inverseStd;
      inverseStds[row * size + i] = inverseStd;
      deviations[row * size + i] = deviation;
      this.logProbability -= 0.5 * deviation * deviation + logStd[i]! + halfLogTwoPi;
      this.entropy += logStd[i]! + halfLogTwoPi + 0.5;
    }
  }

  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Numbers,
    row: number,
    logStdSlopes: Float64Array,
  ): void {
    const { size } = this;
    for (let i = 0; i < size; i++) {
      const deviation = this.deviations[row * size + i]!;
      const inverseStd = this.inverseStds[row * size + i]!;
      slopes[row * this.width + i] = logProbabilitySlope * deviation * inverseStd;
      logStdSlopes[i] = logStdSlopes[i]! + logProbabilitySlope * (deviation * deviation - 1) + entropySlope;
    }
  }

  private makeRoom(rows: number): void {
    this.rows = Math.max(rows, 2 * this.rows);
    this.deviations = grown(this.deviations, this.rows * this.size);
    this.inverseStds = grown(this.inverseStds, this.rows * this.size);
  }
}
