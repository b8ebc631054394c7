import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionSpace, actionSize, maskSize, PlaytrainError, policyOutputSize } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { createDistribution } from './distributions';

const noLogStd = new Float32Array(0);
const noMasks = new Uint8Array(0);
const discrete = (count: number, masked = false): ActionSpace => ({
  kind: 'discrete',
  count,
  labels: [],
  masked,
});
const multiDiscrete = (counts: number[], masked = false): ActionSpace => ({
  kind: 'multiDiscrete',
  counts,
  labels: [],
  masked,
});
const continuous = (size: number): ActionSpace => ({
  kind: 'continuous',
  size,
  names: [],
  low: [],
  high: [],
});

/** Draws `count` actions of one row and returns the frequency of each value of its `component`. */
function frequencies(
  space: ActionSpace,
  outputs: Float32Array,
  masks: Uint8Array,
  count: number,
  component = 0,
): number[] {
  const distribution = createDistribution(space);
  const random = SeededRandom.fromSeed(1);
  const actions = new Float32Array(actionSize(space));
  const seen = Array.from({ length: policyOutputSize(space) }, () => 0);
  for (let draw = 0; draw < count; draw++) {
    distribution.sample(outputs, 0, noLogStd, masks, random, actions);
    seen[actions[component]!]! += 1;
  }
  return seen.map((times) => times / count);
}

describe('a discrete distribution', () => {
  it('agrees with probabilities worked by hand', () => {
    // Logits ln 1, ln 2, ln 5 have probabilities 1/8, 2/8, 5/8.
    const outputs = Float32Array.of(0, Math.log(2), Math.log(5));
    const distribution = createDistribution(discrete(3));
    [1 / 8, 2 / 8, 5 / 8].forEach((probability, choice) => {
      const action = Float32Array.of(choice);
      expect(distribution.logProbability(outputs, 0, noLogStd, noMasks, action)).toBeCloseTo(
        Math.log(probability),
        6,
      );
    });
    const seen = frequencies(discrete(3), outputs, noMasks, 40_000);
    // Five standard deviations of a frequency near 5/8 over 40,000 draws are 0.012.
    for (const [choice, probability] of [1 / 8, 2 / 8, 5 / 8].entries()) {
      expect(Math.abs(seen[choice]! - probability)).toBeLessThan(0.0125);
    }
  });

  it('takes one uniform number a choice, whatever the logits', () => {
    const [first, second] = [SeededRandom.fromSeed(9), SeededRandom.fromSeed(9)];
    const distribution = createDistribution(discrete(4));
    const action = new Float32Array(1);
    distribution.sample(Float32Array.of(0, 0, 0, 0), 0, noLogStd, noMasks, first, action);
    distribution.sample(Float32Array.of(-50, 3, 80, 1), 0, noLogStd, noMasks, second, action);
    expect(first.state()).toEqual(second.state());
  });

  it('survives logits far apart, whose probabilities underflow', () => {
    const outputs = Float32Array.of(-1e30, 1e30);
    const distribution = createDistribution(discrete(2));
    const action = new Float32Array(1);
    const logProbability = distribution.sample(
      outputs,
      0,
      noLogStd,
      noMasks,
      SeededRandom.fromSeed(1),
      action,
    );
    expect([action[0], logProbability]).toEqual([1, 0]);
  });

  it('refuses outputs that are not numbers, naming the arena', () => {
    const distribution = createDistribution(discrete(2));
    const outputs = Float32Array.of(0, 0, Number.NaN, 0);
    const act = () => distribution.mode(outputs, 1, noLogStd, noMasks, new Float32Array(2));
    expect(act).toThrow(PlaytrainError);
    expect(act).toThrow(/arena 1/);
  });
});

describe('a multi-discrete distribution', () => {
  it('is the product of its parts', () => {
    const distribution = createDistribution(multiDiscrete([2, 3]));
    const outputs = Float32Array.of(0.3, -1, 2, 0.5, -0.2);
    const [left, right] = [createDistribution(discrete(2)), createDistribution(discrete(3))];
    for (const action of [
      [0, 0],
      [1, 2],
      [0, 1],
    ]) {
      const sum =
        left.logProbability(outputs.slice(0, 2), 0, noLogStd, noMasks, Float32Array.of(action[0]!)) +
        right.logProbability(outputs.slice(2), 0, noLogStd, noMasks, Float32Array.of(action[1]!));
      const joint = distribution.logProbability(outputs, 0, noLogStd, noMasks, Float32Array.from(action));
      expect(joint).toBeCloseTo(sum, 12);
    }
  });
});

describe('any choice', () => {
  const anyChoices = fc.record({
    counts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    rows: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer(),
  });

  it('has probabilities that sum to 1, and samples whose log-probability is the one it says', () => {
    fc.assert(
      fc.property(anyChoices, ({ counts, rows, seed }) => {
        const space = multiDiscrete(counts, true);
        const distribution = createDistribution(space);
        const random = SeededRandom.fromSeed(seed);
        const size = policyOutputSize(space);
        const outputs = Float32Array.from({ length: rows * size }, () => 3 * random.normal());
        const masks = Uint8Array.from({ length: rows * size }, () => (random.uniform() < 0.5 ? 1 : 0));
        for (let row = 0; row < rows; row++) {
          let first = row * size;
          for (const count of counts) {
            masks[first + random.below(count)] = 1;
            first += count;
          }
        }
        const row = rows - 1;
        const actions = new Float32Array(rows * counts.length);
        const own = actions.subarray(row * counts.length);
        const sampled = distribution.sample(outputs, row, noLogStd, masks, random, actions);
        expect(sampled).toBeCloseTo(distribution.logProbability(outputs, row, noLogStd, masks, actions), 12);
        expect(sampled).toBeGreaterThan(-Infinity);
        const likeliest = distribution.mode(outputs, row, noLogStd, masks, actions);

        let total = 0;
        const everyAction = counts.reduce<number[][]>(
          (actionsSoFar, count) =>
            actionsSoFar.flatMap((action) =>
              Array.from({ length: count }, (_, choice) => [...action, choice]),
            ),
          [[]],
        );
        for (const action of everyAction) {
          own.set(action);
          const logProbability = distribution.logProbability(outputs, row, noLogStd, masks, actions);
          const probability = Math.exp(logProbability);
          const forbidden = maskedAway(action, counts, masks.subarray(row * size));
          expect(probability === 0).toBe(forbidden);
          total += probability;
          expect(likeliest).toBeGreaterThanOrEqual(logProbability);
        }
        expect(total).toBeCloseTo(1, 10);
      }),
    );
  });

  function maskedAway(action: number[], counts: number[], mask: Uint8Array): boolean {
    let first = 0;
    return action.some((choice, group) => {
      const forbidden = mask[first + choice] === 0;
      first += counts[group]!;
      return forbidden;
    });
  }
});

describe('an action mask', () => {
  it('takes as many bytes a row as there are logits', () => {
    expect(maskSize(multiDiscrete([2, 3], true))).toBe(5);
  });

  it('keeps a forbidden choice from ever being drawn, however likely it would be', () => {
    const seen = frequencies(discrete(3, true), Float32Array.of(0, 50, 0), Uint8Array.of(1, 0, 1), 5000);
    expect(seen[1]).toBe(0);
    // Five standard deviations of a fair coin over 5,000 draws are 0.035.
    expect(Math.abs(seen[0]! - 0.5)).toBeLessThan(0.036);
    const open = frequencies(discrete(3, true), Float32Array.of(0, 50, 0), Uint8Array.of(1, 1, 1), 100);
    expect(open[1]).toBe(1);
  });

  it('gives the only allowed choice probability 1', () => {
    const distribution = createDistribution(discrete(3, true));
    const outputs = Float32Array.of(5, 0, 0);
    const mask = Uint8Array.of(0, 0, 1);
    const action = new Float32Array(1);
    expect(distribution.mode(outputs, 0, noLogStd, mask, action)).toBeCloseTo(0, 12);
    expect(action[0]).toBe(2);
  });

  it('that forbids everything in one group is refused, naming the arena', () => {
    const distribution = createDistribution(multiDiscrete([1, 2], true));
    const masks = Uint8Array.of(1, 1, 1, 1, 0, 0);
    const act = () => {
      distribution.mode(new Float32Array(6), 1, noLogStd, masks, new Float32Array(4));
    };
    expect(act).toThrow(PlaytrainError);
    expect(act).toThrow(/forbids every choice in arena 1/);
  });
});

describe('a Gaussian distribution', () => {
  it('agrees with densities worked by hand', () => {
    const distribution = createDistribution(continuous(2));
    const outputs = Float32Array.of(1, -1);
    const logStd = Float32Array.of(0, Math.log(2));
    // First: 1 standard deviation off, −½ − 0 − ½ ln 2π. Second: at the mean, −ln 2 − ½ ln 2π.
    const expected = -0.5 - Math.log(2) - Math.log(2 * Math.PI);
    const action = Float32Array.of(2, -1);
    expect(distribution.logProbability(outputs, 0, logStd, noMasks, action)).toBeCloseTo(expected, 6);
  });

  it('draws with its means and standard deviations, a component each', () => {
    const distribution = createDistribution(continuous(2));
    const outputs = Float32Array.of(9, 9, 1, -1);
    const logStd = Float32Array.of(Math.log(0.5), Math.log(3));
    const random = SeededRandom.fromSeed(3);
    const actions = new Float32Array(4);
    const count = 20_000;
    const sums = [0, 0];
    const squares = [0, 0];
    let product = 0;
    for (let draw = 0; draw < count; draw++) {
      distribution.sample(outputs, 1, logStd, noMasks, random, actions);
      const [first, second] = [(actions[2]! - 1) / 0.5, (actions[3]! + 1) / 3];
      sums[0]! += first;
      sums[1]! += second;
      squares[0]! += first * first;
      squares[1]! += second * second;
      product += first * second;
    }
    for (const sum of sums) expect(Math.abs(sum / count)).toBeLessThan(0.036);
    for (const sum of squares) expect(Math.abs(sum / count - 1)).toBeLessThan(0.05);
    expect(Math.abs(product / count)).toBeLessThan(0.036);
    expect([actions[0], actions[1]]).toEqual([0, 0]);
  });

  it('says of a sample what it says of the action as stored, in float32', () => {
    const distribution = createDistribution(continuous(1));
    const outputs = Float32Array.of(1000);
    const logStd = Float32Array.of(-3);
    const action = new Float32Array(1);
    const sampled = distribution.sample(outputs, 0, logStd, noMasks, SeededRandom.fromSeed(2), action);
    expect(sampled).toBe(distribution.logProbability(outputs, 0, logStd, noMasks, action));
  });

  it('has its mean as mode', () => {
    const action = new Float32Array(1);
    createDistribution(continuous(1)).mode(Float32Array.of(0.25), 0, Float32Array.of(0), noMasks, action);
    expect(action[0]).toBe(0.25);
  });
});
