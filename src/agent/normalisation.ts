import type { RunningStatisticsData } from '../contract';

const varianceFloor = 1e-8;
const clipAt = 10;

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

  /** Goes on where `save()` left off. */
  static from(data: RunningStatisticsData): RunningStatistics {
    const statistics = new RunningStatistics(data.mean.length);
    statistics.count = data.count;
    statistics.mean.set(data.mean);
    statistics.variance.set(data.variance);
    return statistics;
  }

  save(): RunningStatisticsData {
    return { count: this.count, mean: Array.from(this.mean), variance: Array.from(this.variance) };
  }

  /** Counts the first `rows` rows of `batch` `[rows, size]`; none change nothing. */
  update(batch: ArrayLike<number>, rows: number): void {
    if (rows === 0) return;
    const { mean, variance, batchMean, batchSquares } = this;
    const size = mean.length;
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
    const total = this.count + rows;
    for (let i = 0; i < size; i++) {
      const apart = batchMean[i]! - mean[i]!;
      mean[i] = mean[i]! + (apart * rows) / total;
      variance[i] =
        (variance[i]! * this.count + batchSquares[i]! + (apart * apart * this.count * rows) / total) / total;
    }
    this.count = total;
  }
}

/**
 * Centres and scales observations by running statistics that all arenas share: (x − mean) / √(variance + 1e-8),
 * clipped to ±10. What counts of a batch is counted before any of it is normalised.
 */
export class ObservationNormaliser {
  /** While true, statistics stay as they are. */
  frozen = false;
  private readonly statistics: RunningStatistics;
  private readonly counted: Float32Array; // [N, obs]

  constructor(arenas: number, size: number, saved: RunningStatisticsData | null = null) {
    this.statistics = saved ? RunningStatistics.from(saved) : new RunningStatistics(size);
    this.counted = new Float32Array(arenas * size);
  }

  save(): RunningStatisticsData {
    return this.statistics.save();
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
    const { mean, variance } = this.statistics;
    const size = mean.length;
    for (let i = 0; i < size; i++) {
      const cell = row * size + i;
      const scaled = (observations[cell]! - mean[i]!) / Math.sqrt(variance[i]! + varianceFloor);
      normalised[cell] = Math.min(clipAt, Math.max(-clipAt, scaled));
    }
  }

  private count(observations: Float32Array, counts: Uint8Array): void {
    const size = this.statistics.mean.length;
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
  private readonly statistics: RunningStatistics;
  private readonly discountedReturns: Float64Array; // [N]
  private readonly counted: Float64Array;

  constructor(arenas: number, saved: RunningStatisticsData | null = null) {
    this.statistics = saved ? RunningStatistics.from(saved) : new RunningStatistics(1);
    this.discountedReturns = new Float64Array(arenas);
    this.counted = new Float64Array(arenas);
  }

  save(): RunningStatisticsData {
    return this.statistics.save();
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
    const deviation = Math.sqrt(this.statistics.variance[0]! + varianceFloor);
    for (let arena = 0; arena < rewards.length; arena++) {
      rewards[arena] = Math.min(clipAt, Math.max(-clipAt, rewards[arena]! / deviation));
    }
  }
}
