import {
  type ActionSpace,
  actionSize,
  choiceCounts,
  maskSize,
  PlaytrainError,
  policyOutputSize,
} from '../contract';
import type { SeededRandom } from '../random/seeded-random';

/**
 * The distribution over actions that a policy head stands for, one arena (row) at a time. Nothing here allocates.
 *
 * Arguments in common: `outputs` `[N, out]` logits or means; `logStd` `[A]`, read by Gaussians only; `masks`
 * `[N, mask]`, read by masked spaces only; `actions` `[N, actionSize]`. Log-probabilities are summed over an
 * action's components, in nats.
 */
export interface ActionDistribution {
  /**
   * Draws an action into `actions` and returns its log-probability.
   *
   * @throws PlaytrainError `bad-actions` when an arena's mask forbids every choice; `not-finite` when the outputs
   * are not numbers.
   */
  sample(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    random: SeededRandom,
    actions: Float32Array,
  ): number;
  /** Writes the likeliest action into `actions` and returns its log-probability; throws as `sample` does. */
  mode(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number;
  /** The log-probability of the row's action; −Infinity where its mask forbids it. */
  logProbability(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number;
}

/** The distribution for an action space: categorical for choices, diagonal Gaussian for continuous actions. */
export function createDistribution(space: ActionSpace): ActionDistribution {
  return space.kind === 'continuous' ? new DiagonalGaussian(space.size) : new Categorical(space);
}

/** Independent choices, each with softmax probabilities over its own group of logits. */
class Categorical implements ActionDistribution {
  private readonly counts: readonly number[];
  private readonly outputSize: number;
  private readonly actionSize: number;
  private readonly masked: boolean;
  /** exp(logit − maximum) of one group, 0 where forbidden. */
  private readonly weights: Float64Array;
  private maximum = 0;
  private total = 0;

  constructor(space: ActionSpace) {
    this.counts = choiceCounts(space);
    this.outputSize = policyOutputSize(space);
    this.actionSize = actionSize(space);
    this.masked = maskSize(space) > 0;
    this.weights = new Float64Array(Math.max(...this.counts));
  }

  sample(
    outputs: Float32Array,
    row: number,
    _logStd: Float32Array,
    masks: Uint8Array,
    random: SeededRandom,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    let first = row * this.outputSize;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, masks, first, count, row);
      let remaining = random.uniform() * this.total;
      let chosen = -1;
      for (let choice = 0; choice < count; choice++) {
        const weight = this.weights[choice]!;
        if (weight === 0) continue;
        chosen = choice;
        remaining -= weight;
        if (remaining < 0) break;
      }
      actions[row * this.actionSize + group] = chosen;
      logProbability += this.logOf(outputs, masks, first + chosen);
      first += count;
    }
    return logProbability;
  }

  mode(
    outputs: Float32Array,
    row: number,
    _logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    let first = row * this.outputSize;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, masks, first, count, row);
      let chosen = 0;
      for (let choice = 1; choice < count; choice++) {
        if (this.weights[choice]! > this.weights[chosen]!) chosen = choice;
      }
      actions[row * this.actionSize + group] = chosen;
      logProbability += this.logOf(outputs, masks, first + chosen);
      first += count;
    }
    return logProbability;
  }

  logProbability(
    outputs: Float32Array,
    row: number,
    _logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    let first = row * this.outputSize;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, masks, first, count, row);
      logProbability += this.logOf(outputs, masks, first + actions[row * this.actionSize + group]!);
      first += count;
    }
    return logProbability;
  }

  /** Softmax weights of the group of logits that begins at `first`, relative to its largest allowed logit. */
  private weigh(outputs: Float32Array, masks: Uint8Array, first: number, count: number, row: number): void {
    let maximum = -Infinity;
    let allowed = 0;
    for (let choice = 0; choice < count; choice++) {
      if (this.masked && masks[first + choice] === 0) continue;
      allowed++;
      maximum = Math.max(maximum, outputs[first + choice]!);
    }
    if (allowed === 0) {
      throw new PlaytrainError(
        'bad-actions',
        `The game forbids every choice in arena ${row}; its mask must allow at least one in every group.`,
      );
    }
    let total = 0;
    for (let choice = 0; choice < count; choice++) {
      const forbidden = this.masked && masks[first + choice] === 0;
      const weight = forbidden ? 0 : Math.exp(outputs[first + choice]! - maximum);
      this.weights[choice] = weight;
      total += weight;
    }
    if (!Number.isFinite(total)) throw notFinite(row);
    this.maximum = maximum;
    this.total = total;
  }

  /** The log-probability of the choice at `index` in the group last weighed. */
  private logOf(outputs: Float32Array, masks: Uint8Array, index: number): number {
    if (this.masked && masks[index] === 0) return -Infinity;
    return outputs[index]! - this.maximum - Math.log(this.total);
  }
}

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Independent normal components, whose standard deviations do not depend on the observation. */
class DiagonalGaussian implements ActionDistribution {
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  sample(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    random: SeededRandom,
    actions: Float32Array,
  ): number {
    for (let component = 0; component < this.size; component++) {
      const cell = row * this.size + component;
      actions[cell] = outputs[cell]! + Math.exp(logStd[component]!) * random.normal();
    }
    return this.logProbability(outputs, row, logStd, masks, actions);
  }

  mode(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number {
    for (let component = 0; component < this.size; component++) {
      const cell = row * this.size + component;
      actions[cell] = outputs[cell]!;
    }
    return this.logProbability(outputs, row, logStd, masks, actions);
  }

  /** Of the action as stored, in float32: the learner sees no other. */
  logProbability(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    _masks: Uint8Array,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    for (let component = 0; component < this.size; component++) {
      const cell = row * this.size + component;
      const deviations = (actions[cell]! - outputs[cell]!) / Math.exp(logStd[component]!);
      logProbability -= 0.5 * deviations * deviations + logStd[component]! + halfLogTwoPi;
    }
    if (!Number.isFinite(logProbability)) throw notFinite(row);
    return logProbability;
  }
}

function notFinite(row: number): PlaytrainError {
  return new PlaytrainError(
    'not-finite',
    `The policy’s outputs for arena ${row} are not numbers; go back to an earlier snapshot and lower the learning rate.`,
  );
}
