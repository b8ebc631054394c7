import {
  type ActionLayout,
  type ActionSpace,
  type AxesPart,
  actionLayout,
  type ChoicesPart,
  PlaytrainError,
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
  const layout = actionLayout(space);
  const parts = layout.parts.map((part) =>
    part.kind === 'axes' ? new DiagonalGaussian(part, layout) : new Categorical(part, layout),
  );
  return parts.length === 1 ? parts[0]! : new IndependentParts(parts);
}

/** Independent choices, each with softmax probabilities over its own group of logits. */
class Categorical implements ActionDistribution {
  private readonly counts: readonly number[];
  /** Where the part's numbers begin in a row, and how wide rows are. */
  private readonly output: number;
  private readonly outputSize: number;
  private readonly action: number;
  private readonly actionSize: number;
  private readonly masked: boolean;
  private readonly mask: number;
  private readonly maskSize: number;
  /** exp(logit − maximum) of one group, 0 where forbidden. */
  private readonly weights: Float64Array;
  private maximum = 0;
  private total = 0;

  constructor(part: ChoicesPart, { outputs, actions, masks }: ActionLayout) {
    this.counts = part.components.map(({ count }) => count);
    this.output = part.output;
    this.outputSize = outputs;
    this.action = part.action;
    this.actionSize = actions;
    this.masked = part.mask !== null;
    this.mask = part.mask ?? 0;
    this.maskSize = masks;
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
    let first = row * this.outputSize + this.output;
    let mask = row * this.maskSize + this.mask;
    const action = row * this.actionSize + this.action;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, first, masks, mask, count, row);
      let remaining = random.uniform() * this.total;
      let chosen = -1;
      for (let choice = 0; choice < count; choice++) {
        const weight = this.weights[choice]!;
        if (weight === 0) continue;
        chosen = choice;
        remaining -= weight;
        if (remaining < 0) break;
      }
      actions[action + group] = chosen;
      logProbability += this.logOf(outputs, first, masks, mask, chosen);
      first += count;
      mask += count;
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
    let first = row * this.outputSize + this.output;
    let mask = row * this.maskSize + this.mask;
    const action = row * this.actionSize + this.action;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, first, masks, mask, count, row);
      let chosen = 0;
      for (let choice = 1; choice < count; choice++) {
        if (this.weights[choice]! > this.weights[chosen]!) chosen = choice;
      }
      actions[action + group] = chosen;
      logProbability += this.logOf(outputs, first, masks, mask, chosen);
      first += count;
      mask += count;
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
    let first = row * this.outputSize + this.output;
    let mask = row * this.maskSize + this.mask;
    const action = row * this.actionSize + this.action;
    for (let group = 0; group < this.counts.length; group++) {
      const count = this.counts[group]!;
      this.weigh(outputs, first, masks, mask, count, row);
      logProbability += this.logOf(outputs, first, masks, mask, actions[action + group]!);
      first += count;
      mask += count;
    }
    return logProbability;
  }

  /**
   * Softmax weights of the group of logits that begins at `first`, its flags at `mask`, relative to its largest allowed
   * logit.
   */
  private weigh(
    outputs: Float32Array,
    first: number,
    masks: Uint8Array,
    mask: number,
    count: number,
    row: number,
  ): void {
    let maximum = -Infinity;
    let allowed = 0;
    for (let choice = 0; choice < count; choice++) {
      if (this.masked && masks[mask + choice] === 0) continue;
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
      const forbidden = this.masked && masks[mask + choice] === 0;
      const weight = forbidden ? 0 : Math.exp(outputs[first + choice]! - maximum);
      this.weights[choice] = weight;
      total += weight;
    }
    if (!Number.isFinite(total)) throw notFinite(row);
    this.maximum = maximum;
    this.total = total;
  }

  /** The log-probability of a choice of the group last weighed. */
  private logOf(
    outputs: Float32Array,
    first: number,
    masks: Uint8Array,
    mask: number,
    choice: number,
  ): number {
    if (this.masked && masks[mask + choice] === 0) return -Infinity;
    return outputs[first + choice]! - this.maximum - Math.log(this.total);
  }
}

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Independent normal components, whose standard deviations do not depend on the observation. */
class DiagonalGaussian implements ActionDistribution {
  private readonly size: number;
  /** Where the part's numbers begin in a row, and how wide rows are. */
  private readonly output: number;
  private readonly outputSize: number;
  private readonly action: number;
  private readonly actionSize: number;
  private readonly logStd: number;

  constructor(part: AxesPart, { outputs, actions }: ActionLayout) {
    this.size = part.components.length;
    this.output = part.output;
    this.outputSize = outputs;
    this.action = part.action;
    this.actionSize = actions;
    this.logStd = part.logStd;
  }

  sample(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    random: SeededRandom,
    actions: Float32Array,
  ): number {
    const mean = row * this.outputSize + this.output;
    const action = row * this.actionSize + this.action;
    for (let component = 0; component < this.size; component++) {
      const deviation = Math.exp(logStd[this.logStd + component]!);
      actions[action + component] = outputs[mean + component]! + deviation * random.normal();
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
    const mean = row * this.outputSize + this.output;
    const action = row * this.actionSize + this.action;
    for (let component = 0; component < this.size; component++) {
      actions[action + component] = outputs[mean + component]!;
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
    const mean = row * this.outputSize + this.output;
    const action = row * this.actionSize + this.action;
    for (let component = 0; component < this.size; component++) {
      const own = logStd[this.logStd + component]!;
      const deviations = (actions[action + component]! - outputs[mean + component]!) / Math.exp(own);
      logProbability -= 0.5 * deviations * deviations + own + halfLogTwoPi;
    }
    if (!Number.isFinite(logProbability)) throw notFinite(row);
    return logProbability;
  }
}

/** Parts that are chosen independently of each other, given what is seen: log-probabilities are the sums of theirs. */
class IndependentParts implements ActionDistribution {
  private readonly parts: readonly ActionDistribution[];

  constructor(parts: readonly ActionDistribution[]) {
    this.parts = parts;
  }

  sample(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    random: SeededRandom,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    for (let part = 0; part < this.parts.length; part++) {
      logProbability += this.parts[part]!.sample(outputs, row, logStd, masks, random, actions);
    }
    return logProbability;
  }

  mode(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    for (let part = 0; part < this.parts.length; part++) {
      logProbability += this.parts[part]!.mode(outputs, row, logStd, masks, actions);
    }
    return logProbability;
  }

  logProbability(
    outputs: Float32Array,
    row: number,
    logStd: Float32Array,
    masks: Uint8Array,
    actions: Float32Array,
  ): number {
    let logProbability = 0;
    for (let part = 0; part < this.parts.length; part++) {
      logProbability += this.parts[part]!.logProbability(outputs, row, logStd, masks, actions);
    }
    return logProbability;
  }
}

function notFinite(row: number): PlaytrainError {
  return new PlaytrainError(
    'not-finite',
    `The policy’s outputs for arena ${row} are not numbers; go back to an earlier snapshot and lower the learning rate.`,
  );
}
