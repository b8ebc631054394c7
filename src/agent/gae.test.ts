import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { type AdvantageInput, generalisedAdvantages } from './gae';

/** A rollout `[T, N]` whose rewards and values are random and in which nothing ends, unless told otherwise. */
function rolloutOf(
  steps: number,
  agents: number,
  given: Partial<Omit<AdvantageInput, 'shape'>> = {},
  random = SeededRandom.fromSeed(1),
): AdvantageInput {
  const deviates = (rows: number) => Float32Array.from({ length: rows * agents }, () => random.normal());
  return {
    shape: { steps, agents, observationSize: 1, actionSize: 1, maskSize: 0 },
    rewards: deviates(steps),
    values: deviates(steps + 1),
    finalValues: deviates(steps),
    terminated: new Uint8Array(steps * agents),
    truncated: new Uint8Array(steps * agents),
    valid: new Uint8Array(steps * agents).fill(1),
    ...given,
  };
}

/** A random rollout with random ends and other controllers' steps in it. */
const anyRollout = fc
  .record({
    seed: fc.integer(),
    steps: fc.integer({ min: 1, max: 12 }),
    agents: fc.integer({ min: 1, max: 3 }),
    endings: fc.double({ min: 0, max: 1, noNaN: true }),
    others: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ seed, steps, agents, endings, others }) => {
    const random = SeededRandom.fromSeed(seed);
    const flags = (share: number) =>
      Uint8Array.from({ length: steps * agents }, () => (random.uniform() < share ? 1 : 0));
    return rolloutOf(
      steps,
      agents,
      {
        terminated: flags(endings / 2),
        truncated: flags(endings / 2),
        valid: flags(1 - others),
      },
      random,
    );
  });
const anyFactor = fc.double({ min: 0, max: 1, noNaN: true });

/** V(s_{t+1}) as the definition has it, written apart from the code under test. */
function next(rollout: AdvantageInput, step: number, agent: number): number {
  const { agents } = rollout.shape;
  const cell = step * agents + agent;
  if (rollout.terminated[cell] === 1) return 0;
  if (rollout.truncated[cell] === 1) return rollout.finalValues[cell]!;
  return rollout.values[(step + 1) * agents + agent]!;
}

/** A sum of surprises forwards from the step: Σ (γλ)^l δ_{t+l}, up to and including the first that ends the tail. */
function forwardAdvantage(
  rollout: AdvantageInput,
  step: number,
  agent: number,
  discount: number,
  gaeLambda: number,
): number {
  const { steps, agents } = rollout.shape;
  let sum = 0;
  for (let later = step; later < steps; later++) {
    const cell = later * agents + agent;
    if (later > step && rollout.valid[cell] === 0) break;
    const residual = rollout.rewards[cell]! + discount * next(rollout, later, agent) - rollout.values[cell]!;
    sum += (discount * gaeLambda) ** (later - step) * residual;
    if (rollout.terminated[cell] === 1 || rollout.truncated[cell] === 1) break;
  }
  return sum;
}

/** The k-step advantage from its definition: k rewards, then a value, less V(s_t). One agent in which nothing ends. */
function kStepAdvantage(rollout: AdvantageInput, step: number, k: number, discount: number): number {
  let sum = -rollout.values[step]!;
  for (let l = 0; l < k; l++) sum += discount ** l * rollout.rewards[step + l]!;
  return sum + discount ** k * rollout.values[step + k]!;
}

describe('generalisedAdvantages', () => {
  it('agrees with a rollout worked by hand', () => {
    const rollout = rolloutOf(3, 1, {
      rewards: Float32Array.of(1, 2, 3),
      values: Float32Array.of(0.5, 1, 1.5, 2),
    });
    // γ = λ = ½.  δ = 1 + ½·1 − ½ = 1;  2 + ½·1.5 − 1 = 1.75;  3 + ½·2 − 1.5 = 2.5.
    // A₂ = 2.5;  A₁ = 1.75 + ¼·2.5 = 2.375;  A₀ = 1 + ¼·2.375 = 1.59375.  R = A + V.
    const { advantages, returns } = generalisedAdvantages(rollout, 0.5, 0.5, true);
    expect([...advantages]).toEqual([1.59375, 2.375, 2.5]);
    expect([...returns]).toEqual([2.09375, 3.375, 4]);
  });

  it('with λ = 0 is the surprise of one step', () => {
    const rollout = rolloutOf(5, 1);
    const { advantages } = generalisedAdvantages(rollout, 0.9, 0, true);
    for (let step = 0; step < 5; step++) {
      const residual = rollout.rewards[step]! + 0.9 * rollout.values[step + 1]! - rollout.values[step]!;
      expect(advantages[step]).toBeCloseTo(residual, 6);
    }
  });

  it('with λ = 1 is the discounted rewards to the rollout’s end plus the last value, less the step’s own', () => {
    const rollout = rolloutOf(6, 1);
    const { advantages } = generalisedAdvantages(rollout, 0.9, 1, true);
    for (let step = 0; step < 6; step++) {
      expect(advantages[step]).toBeCloseTo(kStepAdvantage(rollout, step, 6 - step, 0.9), 5);
    }
  });

  it('has surprises whose discounted sums are the k-step advantages', () => {
    const rollout = rolloutOf(8, 1);
    const residuals = generalisedAdvantages(rollout, 0.9, 0, true).advantages;
    for (let k = 1; k <= 8; k++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += 0.9 ** l * residuals[l]!;
      expect(sum).toBeCloseTo(kStepAdvantage(rollout, 0, k, 0.9), 5);
    }
  });

  it('is the (1−λ)λ^(k−1) weighted mean of the k-step advantages, the longest taking the weight that is left', () => {
    fc.assert(
      fc.property(fc.integer(), anyFactor, anyFactor, (seed, discount, gaeLambda) => {
        const steps = 7;
        const rollout = rolloutOf(steps, 1, {}, SeededRandom.fromSeed(seed));
        const { advantages } = generalisedAdvantages(rollout, discount, gaeLambda, true);
        let mean = gaeLambda ** (steps - 1) * kStepAdvantage(rollout, 0, steps, discount);
        for (let k = 1; k < steps; k++) {
          mean += (1 - gaeLambda) * gaeLambda ** (k - 1) * kStepAdvantage(rollout, 0, k, discount);
        }
        expect(Math.abs(advantages[0]! - mean)).toBeLessThan(1e-5);
      }),
    );
  });

  it('going backwards equals the sum taken forwards, whatever ends and whoever acts', () => {
    fc.assert(
      fc.property(anyRollout, anyFactor, anyFactor, (rollout, discount, gaeLambda) => {
        const { steps, agents } = rollout.shape;
        const { advantages } = generalisedAdvantages(rollout, discount, gaeLambda, true);
        for (let step = 0; step < steps; step++) {
          for (let agent = 0; agent < agents; agent++) {
            const cell = step * agents + agent;
            const expected =
              rollout.valid[cell] === 0 ? 0 : forwardAdvantage(rollout, step, agent, discount, gaeLambda);
            expect(Math.abs(advantages[cell]! - expected)).toBeLessThan(1e-5);
          }
        }
      }),
    );
  });

  it('gives returns that are the λ-returns computed directly', () => {
    fc.assert(
      fc.property(anyRollout, anyFactor, anyFactor, (rollout, discount, gaeLambda) => {
        const { steps, agents } = rollout.shape;
        const { returns } = generalisedAdvantages(rollout, discount, gaeLambda, true);
        for (let agent = 0; agent < agents; agent++) {
          // R_t = r_t + γ [(1 − λ) V(s_{t+1}) + λ R_{t+1}], where R_{t+1} is V(s_{t+1}) once the tail is cut.
          let later: number | null = null;
          for (let step = steps - 1; step >= 0; step--) {
            const cell = step * agents + agent;
            const value = next(rollout, step, agent);
            const ended = rollout.terminated[cell] === 1 || rollout.truncated[cell] === 1;
            const tail: number = ended || later === null ? value : later;
            const direct: number =
              rollout.rewards[cell]! + discount * ((1 - gaeLambda) * value + gaeLambda * tail);
            const own = rollout.valid[cell] === 1;
            const expected = own ? direct : rollout.values[cell]!;
            expect(Math.abs(returns[cell]! - expected)).toBeLessThan(1e-5);
            later = own ? direct : null;
          }
        }
      }),
    );
  });

  it('of a constant critic in a world without reward is −(1−γ)c, summed over the (γλ)-discounted steps left', () => {
    const rollout = rolloutOf(10, 1, {
      rewards: new Float32Array(10),
      values: new Float32Array(11).fill(4),
    });
    const { advantages } = generalisedAdvantages(rollout, 0.9, 0.5, true);
    for (let step = 0; step < 10; step++) {
      // A geometric sum: −0.1 · 4 · (1 − 0.45^(T−t)) / (1 − 0.45).
      expect(advantages[step]).toBeCloseTo((-0.4 * (1 - 0.45 ** (10 - step))) / 0.55, 5);
    }
  });

  describe('in an endless world of reward 1, worth 1/(1−γ)', () => {
    const steps = 60;
    const world = () => {
      const truth = () => new Float32Array(steps + 1).fill(100);
      return rolloutOf(steps, 1, {
        rewards: new Float32Array(steps).fill(1),
        values: truth(),
        finalValues: truth().subarray(1),
        truncated: Uint8Array.from({ length: steps }, (_, step) => (step % 20 === 19 ? 1 : 0)),
      });
    };

    it('finds nothing to mend in a critic that knows it, though a time limit cuts every 20 steps', () => {
      const { advantages, returns } = generalisedAdvantages(world(), 0.99, 0.95, true);
      for (const advantage of advantages) expect(Math.abs(advantage)).toBeLessThan(1e-4);
      for (const each of returns) expect(each).toBeCloseTo(100, 3);
    });

    it('takes the time limit for death when told to, and then finds the value too high', () => {
      const { advantages } = generalisedAdvantages(world(), 0.99, 0.95, false);
      // The cut step itself: δ = 1 + 0.99·0 − 100.
      expect(advantages[19]).toBeCloseTo(-99, 4);
      expect(advantages[0]).toBeLessThan(-20);
    });
  });

  describe('with an episode’s end', () => {
    const steps = 6;
    const endedAt = (...ends: number[]) =>
      Uint8Array.from({ length: steps }, (_, step) => (ends.includes(step) ? 1 : 0));
    const rewardsBefore = (rollout: AdvantageInput, from: number, to: number) => {
      let sum = 0;
      for (let step = from; step <= to; step++) sum += 0.9 ** (step - from) * rollout.rewards[step]!;
      return sum;
    };

    it('in the middle, learns nothing from what follows it', () => {
      const rollout = rolloutOf(steps, 1, { terminated: endedAt(2) });
      const { advantages } = generalisedAdvantages(rollout, 0.9, 1, true);
      expect(advantages[0]).toBeCloseTo(rewardsBefore(rollout, 0, 2) - rollout.values[0]!, 5);
      const without = generalisedAdvantages({ ...rollout, terminated: endedAt() }, 0.9, 1, true);
      expect(Math.abs(without.advantages[0]! - advantages[0]!)).toBeGreaterThan(0.1);
    });

    it('at the last step, leaves the row of values after it unread', () => {
      const rollout = rolloutOf(steps, 1, { terminated: endedAt(steps - 1) });
      const { advantages } = generalisedAdvantages(rollout, 0.9, 1, true);
      expect(advantages[0]).toBeCloseTo(rewardsBefore(rollout, 0, steps - 1) - rollout.values[0]!, 5);
      const otherValues = Float32Array.from(rollout.values);
      otherValues[steps] = 1e6;
      const other = generalisedAdvantages({ ...rollout, values: otherValues }, 0.9, 1, true);
      expect(other.advantages).toEqual(advantages);
    });

    it('at every step, is reward less value', () => {
      const rollout = rolloutOf(steps, 1, { terminated: new Uint8Array(steps).fill(1) });
      const { advantages } = generalisedAdvantages(rollout, 0.9, 0.95, true);
      for (let step = 0; step < steps; step++) {
        expect(advantages[step]).toBeCloseTo(rollout.rewards[step]! - rollout.values[step]!, 6);
      }
    });

    it('nowhere, reads the row of values after the last step', () => {
      const rollout = rolloutOf(steps, 1);
      const { advantages } = generalisedAdvantages(rollout, 0.9, 0.95, true);
      const otherValues = Float32Array.from(rollout.values);
      otherValues[steps] = otherValues[steps]! + 1;
      const other = generalisedAdvantages({ ...rollout, values: otherValues }, 0.9, 0.95, true);
      expect(other.advantages[steps - 1]! - advantages[steps - 1]!).toBeCloseTo(0.9, 5);
      // One more at the end is worth γ (γλ)^5 at the start.
      expect(other.advantages[0]! - advantages[0]!).toBeCloseTo(0.9 * (0.9 * 0.95) ** 5, 5);
    });

    it('by a time limit, bootstraps the final observation and not the next episode’s first', () => {
      const rollout = rolloutOf(steps, 1, { truncated: endedAt(2) });
      const { advantages } = generalisedAdvantages(rollout, 0.9, 1, true);
      const expected = rewardsBefore(rollout, 0, 2) + 0.9 ** 3 * rollout.finalValues[2]! - rollout.values[0]!;
      expect(advantages[0]).toBeCloseTo(expected, 5);
      const without = generalisedAdvantages({ ...rollout, truncated: endedAt() }, 0.9, 1, true);
      expect(Math.abs(without.advantages[0]! - advantages[0]!)).toBeGreaterThan(0.1);
    });

    it('by both at once, counts as a real end', () => {
      const both = rolloutOf(steps, 1, { terminated: endedAt(2), truncated: endedAt(2) });
      const real = rolloutOf(steps, 1, { terminated: endedAt(2) });
      const cut = rolloutOf(steps, 1, { truncated: endedAt(2) });
      const advantagesOf = (rollout: AdvantageInput) =>
        generalisedAdvantages(rollout, 0.9, 0.95, true).advantages;
      expect(advantagesOf(both)).toEqual(advantagesOf(real));
      expect(advantagesOf(both)).not.toEqual(advantagesOf(cut));
    });
  });

  it('makes the same change to a linear critic as eligibility traces do while acting', () => {
    // TD(λ) with weights w held fixed over one finished episode: Σ δ_t e_t with e_t = γλ e_{t−1} + φ(s_t), where
    // φ(s) = ∇V(s), against Σ (R_t − V(s_t)) φ(s_t).
    const steps = 9;
    const features = 3;
    const discount = 0.95;
    const gaeLambda = 0.8;
    const random = SeededRandom.fromSeed(4);
    const weights = Array.from({ length: features }, () => random.normal());
    const phi = Array.from({ length: steps + 1 }, () =>
      Array.from({ length: features }, () => random.normal()),
    );
    const value = (step: number) => phi[step]!.reduce((sum, x, i) => sum + x * weights[i]!, 0);
    const terminated = new Uint8Array(steps);
    terminated[steps - 1] = 1;
    const rollout = rolloutOf(steps, 1, {
      values: Float32Array.from({ length: steps + 1 }, (_, step) => value(step)),
      terminated,
    });

    const { returns } = generalisedAdvantages(rollout, discount, gaeLambda, true);
    const forward = Array.from({ length: features }, () => 0);
    const backward = Array.from({ length: features }, () => 0);
    const trace = Array.from({ length: features }, () => 0);
    for (let step = 0; step < steps; step++) {
      const following = step === steps - 1 ? 0 : value(step + 1);
      const residual = rollout.rewards[step]! + discount * following - value(step);
      for (let i = 0; i < features; i++) {
        trace[i] = discount * gaeLambda * trace[i]! + phi[step]![i]!;
        backward[i]! += residual * trace[i]!;
        forward[i]! += (returns[step]! - value(step)) * phi[step]![i]!;
      }
    }
    for (let i = 0; i < features; i++) expect(forward[i]).toBeCloseTo(backward[i]!, 4);
  });

  it('treats agents apart', () => {
    const both = rolloutOf(7, 2, { terminated: Uint8Array.of(0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0) });
    const second = (numbers: Float32Array<ArrayBuffer>) => numbers.filter((_, cell) => cell % 2 === 1);
    const alone = rolloutOf(7, 1, {
      rewards: second(both.rewards),
      values: second(both.values),
      finalValues: second(both.finalValues),
      terminated: both.terminated.filter((_, cell) => cell % 2 === 1),
    });
    expect(second(generalisedAdvantages(both, 0.9, 0.9, true).advantages)).toEqual(
      generalisedAdvantages(alone, 0.9, 0.9, true).advantages,
    );
  });

  describe('with steps that were not the learner’s', () => {
    const valid = Uint8Array.of(1, 1, 0, 1, 1);

    it('gives them advantage 0 and their value as return', () => {
      const rollout = rolloutOf(5, 1, { valid });
      const { advantages, returns } = generalisedAdvantages(rollout, 0.9, 0.95, true);
      expect(advantages[2]).toBe(0);
      expect(returns[2]).toBe(rollout.values[2]);
    });

    it('bootstraps from their value, and lets nothing of their rewards or of later ones through', () => {
      const rollout = rolloutOf(5, 1, { valid });
      const { advantages } = generalisedAdvantages(rollout, 0.9, 1, true);
      const { rewards, values } = rollout;
      const expected = rewards[0]! + 0.9 * rewards[1]! + 0.81 * values[2]! - values[0]!;
      expect(advantages[0]).toBeCloseTo(expected, 5);
      const without = generalisedAdvantages({ ...rollout, valid: valid.map(() => 1) }, 0.9, 1, true);
      expect(Math.abs(without.advantages[0]! - expected)).toBeGreaterThan(0.01);
    });
  });
});
