import {
  type ActionLayout,
  type ActionSpace,
  type AxesPart,
  actionLayout,
  type ChoicesPart,
} from '../contract';
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
  const layout = actionLayout(space);
  const parts = layout.parts.map((part) =>
    part.kind === 'axes' ? new GaussianSlopes(part, layout) : new CategoricalSlopes(part, layout),
  );
  return parts.length === 1 ? parts[0]! : new IndependentSlopes(parts);
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
  /** Of all of the part's logits together. */
  private readonly size: number;
  /** Where the part's numbers begin in a row, and how wide rows are. */
  private readonly output: number;
  private readonly width: number;
  private readonly action: number;
  private readonly actionSize: number;
  private readonly masked: boolean;
  private readonly mask: number;
  private readonly maskSize: number;
  /** For how many rows there is room. */
  private rows = 0;
  private choices = new Float64Array(0); // [rows, groups]
  private groupEntropies = new Float64Array(0); // [rows, groups]
  private probabilities = new Float64Array(0); // [rows, out], 0 where forbidden
  private logProbabilities = new Float64Array(0); // [rows, out], meaningless where forbidden

  constructor(part: ChoicesPart, { outputs, actions, masks }: ActionLayout) {
    this.counts = part.components.map(({ count }) => count);
    this.size = this.counts.reduce((sum, count) => sum + count, 0);
    this.output = part.output;
    this.width = paddedWidth(outputs);
    this.action = part.action;
    this.actionSize = actions;
    this.masked = part.mask !== null;
    this.mask = part.mask ?? 0;
    this.maskSize = masks;
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
    const logits = row * this.width + this.output;
    const mask = step * this.maskSize + this.mask;
    const action = step * this.actionSize + this.action;
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
      const chosen = first + actions[action + group]!;
      this.choices[row * counts.length + group] = chosen;
      this.groupEntropies[row * counts.length + group] = entropy;
      this.logProbability += logProbabilities[kept + chosen]!;
      this.entropy += entropy;
      first = end;
    }
  }

  write(logProbabilitySlope: number, entropySlope: number, slopes: Numbers, row: number): void {
    const { counts, probabilities, logProbabilities } = this;
    const start = row * this.width + this.output;
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
  /** Where the part's numbers begin in a row, and how wide rows are. */
  private readonly output: number;
  private readonly width: number;
  private readonly action: number;
  private readonly actionSize: number;
  private readonly logStd: number;
  /** For how many rows there is room. */
  private rows = 0;
  private deviations = new Float64Array(0); // [rows, A], z
  private inverseStds = new Float64Array(0); // [rows, A]

  constructor(part: AxesPart, { outputs, actions }: ActionLayout) {
    this.size = part.components.length;
    this.output = part.output;
    this.width = paddedWidth(outputs);
    this.action = part.action;
    this.actionSize = actions;
    this.logStd = part.logStd;
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
    const mean = row * this.width + this.output;
    const action = step * this.actionSize + this.action;
    this.logProbability = 0;
    this.entropy = 0;
    for (let i = 0; i < size; i++) {
      const own = logStd[this.logStd + i]!;
      const inverseStd = Math.exp(-own);
      const deviation = (actions[action + i]! - outputs[mean + i]!) * inverseStd;
      inverseStds[row * size + i] = inverseStd;
      deviations[row * size + i] = deviation;
      this.logProbability -= 0.5 * deviation * deviation + own + halfLogTwoPi;
      this.entropy += own + halfLogTwoPi + 0.5;
    }
  }

  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Numbers,
    row: number,
    logStdSlopes: Float64Array,
  ): void {
    const { size, logStd } = this;
    const mean = row * this.width + this.output;
    for (let i = 0; i < size; i++) {
      const deviation = this.deviations[row * size + i]!;
      const inverseStd = this.inverseStds[row * size + i]!;
      slopes[mean + i] = logProbabilitySlope * deviation * inverseStd;
      const own = logStdSlopes[logStd + i]!;
      logStdSlopes[logStd + i] = own + logProbabilitySlope * (deviation * deviation - 1) + entropySlope;
    }
  }

  private makeRoom(rows: number): void {
    this.rows = Math.max(rows, 2 * this.rows);
    this.deviations = grown(this.deviations, this.rows * this.size);
    this.inverseStds = grown(this.inverseStds, this.rows * this.size);
  }
}

/** Parts that are chosen independently of each other, given what is seen: log-probability and entropy are the sums of theirs. */
class IndependentSlopes implements DistributionSlopes {
  logProbability = 0;
  entropy = 0;
  private readonly parts: readonly DistributionSlopes[];

  constructor(parts: readonly DistributionSlopes[]) {
    this.parts = parts;
  }

  read(
    outputs: Numbers,
    row: number,
    logStd: Numbers,
    batch: Pick<TrainingBatch, 'actions' | 'masks'>,
    step: number,
  ): void {
    this.logProbability = 0;
    this.entropy = 0;
    for (let i = 0; i < this.parts.length; i++) {
      const part = this.parts[i]!;
      part.read(outputs, row, logStd, batch, step);
      this.logProbability += part.logProbability;
      this.entropy += part.entropy;
    }
  }

  write(
    logProbabilitySlope: number,
    entropySlope: number,
    slopes: Numbers,
    row: number,
    logStdSlopes: Float64Array,
  ): void {
    for (let i = 0; i < this.parts.length; i++) {
      this.parts[i]!.write(logProbabilitySlope, entropySlope, slopes, row, logStdSlopes);
    }
  }
}
