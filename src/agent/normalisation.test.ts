import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import {
  mergedNormalisation,
  ObservationNormaliser,
  RewardNormaliser,
  RunningStatistics,
} from './normalisation';

describe('RunningStatistics', () => {
  it('agrees with a batch worked by hand', () => {
    const statistics = new RunningStatistics(1);
    statistics.update([1, 3], 2);
    // The prior: 0.0001 observations of mean 0 and variance 1. With n = 2.0001: mean 2 · 2/n;
    // variance (1 · 0.0001 + 2 + 2² · 0.0001 · 2 / n) / n = (0.0001 + 2 + 0.00039998) / 2.0001.
    expect(statistics.count).toBeCloseTo(2.0001, 10);
    expect(statistics.mean[0]).toBeCloseTo(4 / 2.0001, 10);
    expect(statistics.variance[0]).toBeCloseTo(2.00049998 / 2.0001, 8);
  });

  it('comes to the mean and variance of all it saw, however that was cut into batches', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 10 }),
        (seed, batches) => {
          const random = SeededRandom.fromSeed(seed);
          const inBatches = new RunningStatistics(2);
          const seen: number[] = [];
          for (const rows of batches) {
            const batch = Array.from({ length: 2 * rows }, (_, i) => (i % 2) * 100 + random.normal());
            seen.push(...batch);
            inBatches.update(batch, rows);
          }
          const atOnce = new RunningStatistics(2);
          atOnce.update(seen, seen.length / 2);
          for (const i of [0, 1]) {
            expect(inBatches.mean[i]).toBeCloseTo(atOnce.mean[i]!, 8);
            expect(inBatches.variance[i]).toBeCloseTo(atOnce.variance[i]!, 6);
          }
        },
      ),
    );
  });

  it('keeps its digits far from zero, where a sum of squares would lose them', () => {
    const statistics = new RunningStatistics(1);
    const random = SeededRandom.fromSeed(1);
    for (let batch = 0; batch < 1000; batch++) {
      statistics.update(
        Array.from({ length: 10 }, () => 1e8 + random.normal()),
        10,
      );
    }
    // What is left of the prior, 0.0001 observations of 0, adds 1e16 · 1e-4 / 1e4 to the variance.
    expect(statistics.variance[0]! / 1e8).toBeCloseTo(1, 3);
    expect(statistics.mean[0]! / 1e8).toBeCloseTo(1, 6);
  });

  it('goes on from what it saved', () => {
    const first = new RunningStatistics(1);
    first.update([1, 5, 2], 3);
    const second = RunningStatistics.from(first.save());
    first.update([7], 1);
    second.update([7], 1);
    expect(second.save()).toEqual(first.save());
  });
});

/** Rows of two numbers, the second far from zero. */
const rowsOf = fc.array(
  fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 90, max: 110, noNaN: true })),
  { maxLength: 12 },
);

function counting(
  rows: readonly (readonly number[])[],
  into = RunningStatistics.empty(2),
): RunningStatistics {
  into.update(rows.flat(), rows.length);
  return into;
}

describe('merging', () => {
  it('agrees with two parts worked by hand', () => {
    const merged = RunningStatistics.empty(1);
    merged.merge({ count: 2, mean: [1], variance: [1] });
    merged.merge({ count: 3, mean: [6], variance: [4] });
    // Samples such as 0, 2 and 6 ± √6, 6: their mean is (2 + 18) / 5 = 4; squares about their own means 2 and 12,
    // between the means (6 − 1)² · 2 · 3 / 5 = 30; together 44 / 5.
    expect(merged.save()).toEqual({ count: 5, mean: [4], variance: [8.8] });
  });

  it('of parts counted apart is the count of all samples at once, to 1e-12', () => {
    fc.assert(
      fc.property(rowsOf, fc.array(rowsOf, { minLength: 1, maxLength: 5 }), (before, parts) => {
        const start = counting(before, new RunningStatistics(2)).save();
        const apart = parts.map((rows) => ({ observations: counting(rows).save(), rewards: null }));
        const merged = mergedNormalisation({ observations: start, rewards: null }, apart).observations!;
        const atOnce = counting(parts.flat(), RunningStatistics.from(start)).save();
        expect(merged.count).toBeCloseTo(atOnce.count, 12);
        for (const i of [0, 1]) {
          const scale = Math.max(1, Math.abs(atOnce.mean[i]!), atOnce.variance[i]!);
          expect(Math.abs(merged.mean[i]! - atOnce.mean[i]!) / scale).toBeLessThan(1e-12);
          expect(Math.abs(merged.variance[i]! - atOnce.variance[i]!) / scale).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('begins from the prior where there is nothing yet, and ends where no part counts', () => {
    const none = { observations: null, rewards: null };
    const counted = { observations: counting([[1, 2]]).save(), rewards: null };
    expect(mergedNormalisation(none, [counted, none])).toEqual({
      observations: counting([[1, 2]], new RunningStatistics(2)).save(),
      rewards: null,
    });
    expect(mergedNormalisation(counted, [none, none])).toEqual(none);
  });

  it('with what was counted meanwhile neither loses a sample nor takes one twice', () => {
    const normaliser = new ObservationNormaliser(1, 1);
    const see = (x: number) => normaliser.observe(Float32Array.of(x), Uint8Array.of(1), new Float32Array(1));
    see(1);
    const first = normaliser.takeOwn();
    see(5);
    const second = normaliser.takeOwn();
    see(9);
    // The learner has merged the first, and 100 of somebody else.
    const others = { count: 1, mean: [100], variance: [0] };
    const prior = { observations: null, rewards: null };
    const merged = mergedNormalisation(
      prior,
      [first, others].map((observations) => ({ observations, rewards: null })),
    );
    normaliser.rebase(merged.observations, [second]);
    const all = new RunningStatistics(1);
    all.update([1, 100, 5, 9], 4);
    expect(normaliser.save().count).toBeCloseTo(all.count, 12);
    expect(normaliser.save().mean[0]).toBeCloseTo(all.mean[0]!, 12);
    expect(normaliser.save().variance[0]).toBeCloseTo(all.variance[0]!, 9);
    expect(normaliser.takeOwn()).toEqual({ count: 1, mean: [9], variance: [0] });
  });
});

describe('ObservationNormaliser', () => {
  const one = Uint8Array.of(1);
  const both = Uint8Array.of(1, 1);

  it('counts a batch before it normalises it', () => {
    const normaliser = new ObservationNormaliser(2, 1);
    const normalised = new Float32Array(2);
    normaliser.observe(Float32Array.of(10, 30), both, normalised);
    // Mean 20 and standard deviation 10, but for the prior: (10 − 20) / 10 = −1.
    expect(normalised[0]).toBeCloseTo(-1, 2);
    expect(normalised[1]).toBeCloseTo(1, 2);
  });

  it('clips at 10 either way', () => {
    const normaliser = new ObservationNormaliser(2, 1, { count: 1e9, mean: [0], variance: [1] });
    const normalised = new Float32Array(2);
    normaliser.observe(Float32Array.of(500, -500), both, normalised);
    expect([...normalised]).toEqual([10, -10]);
  });

  it('normalises a single row without counting it', () => {
    const normaliser = new ObservationNormaliser(3, 1, { count: 10, mean: [4], variance: [4] });
    const before = normaliser.save();
    const normalised = new Float32Array(3);
    normaliser.normalise(Float32Array.of(0, 0, 8), 2, normalised);
    expect(normalised[2]).toBeCloseTo(2, 6);
    expect([normalised[0], normalised[1]]).toEqual([0, 0]);
    expect(normaliser.save()).toEqual(before);
  });

  it('normalises every row and counts only those that it is told to', () => {
    const normaliser = new ObservationNormaliser(3, 2);
    const reference = new RunningStatistics(2);
    const normalised = new Float32Array(6);
    normaliser.observe(Float32Array.of(1, 2, 500, 500, 3, 8), Uint8Array.of(1, 0, 1), normalised);
    reference.update([1, 2, 3, 8], 2);
    expect(normaliser.save()).toEqual(reference.save());
    // Means 2 and 5, deviations 1 and 3, but for the prior; 500 lies far out and is clipped.
    [-1, -1, 10, 10, 1, 1].forEach((expected, i) => {
      expect(normalised[i]).toBeCloseTo(expected, 2);
    });
  });

  it('frozen, normalises without counting', () => {
    const normaliser = new ObservationNormaliser(1, 1, { count: 10, mean: [4], variance: [4] });
    const before = normaliser.save();
    normaliser.frozen = true;
    const normalised = new Float32Array(1);
    normaliser.observe(Float32Array.of(8), one, normalised);
    expect(normalised[0]).toBeCloseTo(2, 6);
    expect(normaliser.save()).toEqual(before);
    normaliser.frozen = false;
    normaliser.observe(Float32Array.of(8), one, normalised);
    expect(normaliser.save()).not.toEqual(before);
  });
});

describe('RewardNormaliser', () => {
  const one = Uint8Array.of(1);
  const zero = Uint8Array.of(0);

  it('divides by the standard deviation of the running discounted return, and leaves the mean', () => {
    const normaliser = new RewardNormaliser(1);
    const reference = new RunningStatistics(1);
    const own = RunningStatistics.empty(1);
    // γ = ½, rewards 1, 1, 4: returns 1, 1.5, 4.75.
    let rewards = Float64Array.of(0);
    for (const [reward, discountedReturn] of [
      [1, 1],
      [1, 1.5],
      [4, 4.75],
    ] as const) {
      rewards = Float64Array.of(reward);
      normaliser.normalise(rewards, one, zero, 0.5);
      reference.update([discountedReturn], 1);
      own.update([discountedReturn], 1);
    }
    expect(normaliser.takeOwn()).toEqual(own.save());
    expect(rewards[0]).toBeCloseTo(4 / Math.sqrt(reference.variance[0]! + 1e-8), 12);
  });

  it('begins the running return anew after an episode’s end, and not without one', () => {
    const countedAfter = (ended: Uint8Array): number => {
      const normaliser = new RewardNormaliser(1);
      normaliser.normalise(Float64Array.of(8), one, ended, 0.5);
      normaliser.normalise(Float64Array.of(2), one, zero, 0.5);
      return normaliser.takeOwn().mean[0]!;
    };
    // The mean of 8 and 2; the mean of 8 and ½·8 + 2.
    expect(countedAfter(one)).toBeCloseTo(5, 12);
    expect(countedAfter(zero)).toBeCloseTo(7, 12);
  });

  it('scales steps that do not count without counting them', () => {
    const normaliser = new RewardNormaliser(2, { count: 100, mean: [0], variance: [4] });
    const rewards = Float64Array.of(1, 1);
    normaliser.normalise(rewards, Uint8Array.of(0, 0), Uint8Array.of(0, 0), 0.9);
    expect(rewards[1]).toBeCloseTo(0.5, 6);
    expect(normaliser.takeOwn().count).toBe(0);
  });

  it('clips at 10 either way', () => {
    const normaliser = new RewardNormaliser(2, { count: 1e12, mean: [0], variance: [1] });
    const rewards = Float64Array.of(50, -50);
    normaliser.normalise(rewards, Uint8Array.of(1, 1), Uint8Array.of(0, 0), 0.9);
    expect([...rewards]).toEqual([10, -10]);
  });

  it('frozen, scales without counting', () => {
    const normaliser = new RewardNormaliser(1, { count: 100, mean: [0], variance: [4] });
    normaliser.frozen = true;
    const rewards = Float64Array.of(3);
    normaliser.normalise(rewards, one, zero, 0.9);
    expect(rewards[0]).toBeCloseTo(1.5, 6);
    expect(normaliser.takeOwn().count).toBe(0);
  });
});
