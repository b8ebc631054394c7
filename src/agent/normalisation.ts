import type { NormalisationData, RunningStatisticsData } from '../contract';

export const varianceFloor = 1e-8;
export const clipAt = 10;

/** Running mean and variance, a component each, merged batch by batch (Chan, Golub and LeVeque 1979, eq. 2.1). */
export class RunningStatistics {
  /** Starts just above 0, so that the first batch outweighs the start values. */
  count = 1e-4;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  private readonly batchMean: Float64Array;
  private readonly batchSquares: Float64Array;

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.batchMean = new Float64Array(size);
    this.batchSquares = new Float64Array(size);
  }

  /** Statistics of nothing at all: what is merged from them are the samples alone. */
  static empty(size: number): RunningStatistics {
    const statistics = new RunningStatistics(size);
    statistics.count = 0;
    statistics.variance.fill(0);
    return statistics;
  }

  /** Goes on where `save()` left off. */
  static from(data: RunningStatisticsData): RunningStatistics {
    const statistics = new RunningStatistics(data.mean.length);
    statistics.restore(data);
    return statistics;
  }

  /** Forgets what it counted, for what `save()` gave. */
  restore({ count, mean, variance }: RunningStatisticsData): void {
    this.count = count;
    this.mean.set(mean);
    this.variance.set(variance);
  }

  save(): RunningStatisticsData {
    return { count: this.count, mean: Array.from(this.mean), variance: Array.from(this.variance) };
  }

  /** Counts the first `rows` rows of `batch` `[rows, size]`; none change nothing. */
  update(batch: ArrayLike<number>, rows: number): void {
    if (rows === 0) return;
    const { batchMean, batchSquares } = this;
    const size = batchMean.length;
    batchMean.fill(0);
    batchSquares.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) batchMean[i] = batchMean[i]! + batch[row * size + i]!;
    }
    for (let i = 0; i < size; i++) batchMean[i] = batchMean[i]! / rows;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) {
        const deviation = batch[row * size + i]! - batchMean[i]!;
        batchSquares[i] = batchSquares[i]! + deviation * deviation;
      }
    }
    this.mergeSquares(rows, batchMean, batchSquares);
  }

  /** Counts all that `other` counted, as if its samples had come here. */
  merge({ count, mean, variance }: RunningStatisticsData): void {
    if (count === 0) return;
    for (let i = 0; i < variance.length; i++) this.batchSquares[i] = variance[i]! * count;
    this.mergeSquares(count, mean, this.batchSquares);
  }

  /** Merges `added` samples, known by their mean and their summed squared deviations from it. */
  private mergeSquares(added: number, addedMean: ArrayLike<number>, addedSquares: Float64Array): void {
    const { count, mean, variance } = this;
    const total = count + added;
    for (let i = 0; i < mean.length; i++) {
      const apart = addedMean[i]! - mean[i]!;
      mean[i] = mean[i]! + (apart * added) / total;
      variance[i] =
        (variance[i]! * count + addedSquares[i]! + (apart * apart * count * added) / total) / total;
    }
    this.count = total;
  }
}

/**
 * Statistics that several actors count into at the same time. Each normalises by all that it knows of: what the learner
 * had merged of everybody's samples, and its own since. Its own are handed over apart, so that none is merged twice.
 */
class SharedStatistics {
  /** Everything known here. */
  readonly known: RunningStatistics;
  private own: RunningStatistics;

  /** @param merged what the learner had merged so far; null where it has nothing yet. */
  constructor(size: number, merged: RunningStatisticsData | null) {
    this.known = merged ? RunningStatistics.from(merged) : new RunningStatistics(size);
    this.own = RunningStatistics.empty(size);
  }

  /** Counts the first `rows` rows of `batch` `[rows, size]`. */
  update(batch: ArrayLike<number>, rows: number): void {
    this.known.update(batch, rows);
    this.own.update(batch, rows);
  }

  /** What was counted here since the last call. */
  takeOwn(): RunningStatisticsData {
    const own = this.own.save();
    this.own = RunningStatistics.empty(own.mean.length);
    return own;
  }

  /**
   * Goes on from what the learner has merged by now.
   *
   * @param underWay what was taken here and the learner has not merged yet.
   */
  rebase(merged: RunningStatisticsData | null, underWay: readonly RunningStatisticsData[]): void {
    const { known } = this;
    known.restore(merged ?? new RunningStatistics(known.mean.length).save());
    for (const taken of underWay) known.merge(taken);
    known.merge(this.own.save());
  }
}

/**
 * What a run's statistics are once `parts`, each counted apart from the others and from `before`, have come in.
 *
 * @returns null for statistics that no part counted: normalisation is off.
 */
export function mergedNormalisation(
  before: NormalisationData,
  parts: readonly NormalisationData[],
): NormalisationData {
  const merged = (kind: keyof NormalisationData): RunningStatisticsData | null => {
    const counted = parts.flatMap((part) => part[kind] ?? []);
    const [first] = counted;
    if (first === undefined) return null;
    const earlier = before[kind];
    const all = earlier ? RunningStatistics.from(earlier) : new RunningStatistics(first.mean.length);
    for (const part of counted) all.merge(part);
    return all.save();
  };
  return { observations: merged('observations'), rewards: merged('rewards') };
}

/**
 * Centres and scales observations by running statistics that all agents share: (x − mean) / √(variance + 1e-8),
 * clipped to ±10. What counts of a batch is counted before any of it is normalised.
 */
export class ObservationNormaliser {
  /** While true, statistics stay as they are. */
  frozen = false;
  private readonly statistics: SharedStatistics;
  private readonly counted: Float32Array; // [N, obs]

  constructor(agents: number, size: number, saved: RunningStatisticsData | null = null) {
    this.statistics = new SharedStatistics(size, saved);
    this.counted = new Float32Array(agents * size);
  }

  /** All that it normalises by. */
  save(): RunningStatisticsData {
    return this.statistics.known.save();
  }

  /** What it counted itself since the last call. */
  takeOwn(): RunningStatisticsData {
    return this.statistics.takeOwn();
  }

  /** Goes on from what the learner has merged, and what was taken here and is still under way to it. */
  rebase(merged: RunningStatisticsData | null, underWay: readonly RunningStatisticsData[]): void {
    this.statistics.rebase(merged, underWay);
  }

  /**
   * Counts rows of `observations` `[N, obs]`, then writes all of them normalised into `normalised`.
   *
   * @param counts 1 where the row enters the statistics `[N]`.
   */
  observe(observations: Float32Array, counts: Uint8Array, normalised: Float32Array): void {
    if (!this.frozen) this.count(observations, counts);
    for (let row = 0; row < counts.length; row++) this.normalise(observations, row, normalised);
  }

  /** Writes one row of `observations` `[N, obs]` normalised into the same row of `normalised`, without counting it. */
  normalise(observations: Float32Array, row: number, normalised: Float32Array): void {
    const { mean, variance } = this.statistics.known;
    const size = mean.length;
    for (let i = 0; i < size; i++) {
      const cell = row * size + i;
      const scaled = (observations[cell]! - mean[i]!) / Math.sqrt(variance[i]! + varianceFloor);
      normalised[cell] = Math.min(clipAt, Math.max(-clipAt, scaled));
    }
  }

  private count(observations: Float32Array, counts: Uint8Array): void {
    const size = this.statistics.known.mean.length;
    let rows = 0;
    for (let row = 0; row < counts.length; row++) {
      if (counts[row] === 0) continue;
      for (let i = 0; i < size; i++) this.counted[rows * size + i] = observations[row * size + i]!;
      rows++;
    }
    this.statistics.update(this.counted, rows);
  }
}

/**
 * Scales rewards by the standard deviation of the running discounted return G ← γG + r, which starts at 0 with every
 * episode. The mean stays, for it says what is good; the result is clipped to ±10.
 */
export class RewardNormaliser {
  /** While true, statistics stay as they are. */
  frozen = false;
  private readonly statistics: SharedStatistics;
  private readonly discountedReturns: Float64Array; // [N]
  private readonly counted: Float64Array;

  constructor(agents: number, saved: RunningStatisticsData | null = null) {
    this.statistics = new SharedStatistics(1, saved);
    this.discountedReturns = new Float64Array(agents);
    this.counted = new Float64Array(agents);
  }

  /** What it counted itself since the last call. */
  takeOwn(): RunningStatisticsData {
    return this.statistics.takeOwn();
  }

  /** Goes on from what the learner has merged, and what was taken here and is still under way to it. */
  rebase(merged: RunningStatisticsData | null, underWay: readonly RunningStatisticsData[]): void {
    this.statistics.rebase(merged, underWay);
  }

  /** Begins every arena's running return anew; the statistics stay. */
  forgetReturns(): void {
    this.discountedReturns.fill(0);
  }

  /**
   * Counts one step's rewards `[N]` and scales them in place.
   *
   * @param counts 1 where the step enters the statistics `[N]`; elsewhere the running return begins anew.
   * @param ended 1 where the step ended an episode, whichever way `[N]`.
   */
  normalise(rewards: Float64Array, counts: Uint8Array, ended: Uint8Array, discount: number): void {
    const { discountedReturns, counted } = this;
    let rows = 0;
    for (let arena = 0; arena < rewards.length; arena++) {
      if (counts[arena] === 0) {
        discountedReturns[arena] = 0;
        continue;
      }
      const discountedReturn = discount * discountedReturns[arena]! + rewards[arena]!;
      counted[rows++] = discountedReturn;
      discountedReturns[arena] = ended[arena] === 0 ? discountedReturn : 0;
    }
    if (!this.frozen) this.statistics.update(counted, rows);
    for (let arena = 0; arena < rewards.length; arena++) rewards[arena] = this.scaled(rewards[arena]!);
  }

  /** One reward by what is known so far. */
  scaled(reward: number): number {
    const deviation = Math.sqrt(this.statistics.known.variance[0]! + varianceFloor);
    return Math.min(clipAt, Math.max(-clipAt, reward / deviation));
  }
}
