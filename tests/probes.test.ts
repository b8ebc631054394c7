import { describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import { policyLayout } from '../src/agent/policy';
import { createSnapshot } from '../src/agent/snapshot';
import { hostBackends } from '../src/agent/update-backend';
import { type Hyperparameters, type Simulation, sb3Hyperparameters } from '../src/contract';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';

/**
 * Worlds so small that what must be learned of them is worked out by hand, each needing one thing more than the one
 * before. A curve of a real game climbs in spite of many a mistake; here one is told from another by which world fails.
 */

/** One arena's state: which step of the episode it is, and one number of the world's own. */
const [stepAt, ownAt] = [0, 1];

interface World {
  /** Steps until the rules end the episode; without, only the time limit does. */
  readonly steps?: number;
  readonly limit?: number;
  /** The world's own number at the episode's start; drawn, where chance is taken. */
  readonly begin?: (coin: 1 | -1) => number;
  readonly sees: (step: number, own: number) => number;
  /** What the step pays, and the world's own number after it. */
  readonly pays: (step: number, own: number, choice: number) => { reward: number; own?: number };
}

function simulationOf({ steps, limit = 100, begin, sees, pays }: World): Simulation {
  return {
    game: 'probe',
    observationSpace: { size: 1, names: ['x'], low: [-1], high: [1] },
    actionSpace: { kind: 'discrete', count: 2, labels: ['no', 'yes'] },
    rewardTerms: [{ name: 'pay', description: 'What the step pays.', defaultWeight: 1 }],
    tickMs: 20,
    timeLimitTicks: limit,
    stateSize: 2,
    decisionIntervalTicks: 1,
    reset(state, random) {
      state[stepAt] = 0;
      state[ownAt] = begin?.(random.uniform() < 0.5 ? 1 : -1) ?? 0;
    },
    step(state, actions, rewardTerms) {
      const { reward, own = state[ownAt]! } = pays(state[stepAt]!, state[ownAt]!, actions[0]!);
      rewardTerms[0] = reward;
      state[stepAt]! += 1;
      state[ownAt] = own;
      return steps !== undefined && state[stepAt]! >= steps;
    },
    observe(state, observations) {
      observations[0] = sees(state[stepAt]!, state[ownAt]!);
    },
    personAction() {},
  };
}

const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 8,
  rolloutLength: 32,
  minibatchSize: 64,
  epochs: 4,
  hiddenSizes: [16],
  learningRate: 1e-2,
  discount: 0.5,
};

/** Learns a world. @returns what it comes to at an observation: the critic's value, and the chance of a *yes*. */
async function learned(world: World, changes: Partial<Hyperparameters> = {}, updates = 40) {
  const simulation = simulationOf(world);
  const spec = environmentSpec(simulation);
  const hyperparameters = { ...settings, ...changes };
  const learner = Learner.create({
    spec,
    hyperparameters,
    clock: () => 0,
    breathe: async () => {},
    backend: hostBackends.cpu,
  });
  const { arenas, rolloutLength, seed } = hyperparameters;
  await trainLockstep({
    environment: createVectorEnvironment(simulation, { arenas, seed }),
    actor: new Actor({ spec, hyperparameters, snapshot: learner.snapshot(), acting: 'cpu' }),
    learner,
    decisionIntervalTicks: 1,
    maxDecisions: updates * arenas * rolloutLength,
    clock: () => 0,
  });
  const policy = createSnapshot(policyLayout(spec, hyperparameters), learner.snapshot());
  learner.dispose();
  return (observation: number) => {
    const [logits, values] = [new Float32Array(2), new Float32Array(1)];
    policy.forward(Float32Array.of(observation), 1, logits, values);
    return { value: values[0]!, yes: 1 / (1 + Math.exp(logits[0]! - logits[1]!)) };
  };
}

describe('a world of one step', () => {
  it('that pays 1 is worth 1', async () => {
    const at = await learned({ steps: 1, sees: () => 0, pays: () => ({ reward: 1 }) });
    expect(at(0).value).toBeCloseTo(1, 1);
  });

  it('that pays what is seen is worth what is seen', async () => {
    const at = await learned({
      steps: 1,
      begin: (coin) => coin,
      sees: (_, own) => own,
      pays: (_, own) => ({ reward: own }),
    });
    expect(at(1).value).toBeCloseTo(1, 1);
    expect(at(-1).value).toBeCloseTo(-1, 1);
  });

  it('that pays for a yes is answered by one, and worth what that pays', async () => {
    const at = await learned({
      steps: 1,
      sees: () => 0,
      pays: (_, __, choice) => ({ reward: choice === 1 ? 1 : -1 }),
    });
    expect(at(0).yes).toBeGreaterThan(0.95);
    expect(at(0).value).toBeCloseTo(1, 0);
  });

  it('that pays for the answer that fits what is seen is answered by that', async () => {
    const at = await learned({
      steps: 1,
      begin: (coin) => coin,
      sees: (_, own) => own,
      pays: (_, own, choice) => ({ reward: (choice === 1) === own > 0 ? 1 : -1 }),
    });
    expect(at(1).yes).toBeGreaterThan(0.95);
    expect(at(-1).yes).toBeLessThan(0.05);
  });
});

describe('a world of two steps', () => {
  for (const gaeLambda of [0, 1]) {
    it(`that pays at its end is worth half of that at its start, with λ = ${gaeLambda}`, async () => {
      const at = await learned(
        { steps: 2, sees: (step) => step, pays: (step) => ({ reward: step }) },
        { gaeLambda },
      );
      expect(at(0).value).toBeCloseTo(0.5, 1);
      expect(at(1).value).toBeCloseTo(1, 1);
    });

    it(`that pays at its end for what was chosen at its start is answered at its start, with λ = ${gaeLambda}`, async () => {
      const at = await learned(
        {
          steps: 2,
          // After the first step, what was chosen.
          sees: (step, own) => (step === 0 ? 0 : own),
          pays: (step, own, choice) =>
            step === 0 ? { reward: 0, own: choice === 1 ? 1 : -1 } : { reward: own },
        },
        { gaeLambda, discount: 0.9 },
      );
      expect(at(0).yes).toBeGreaterThan(0.95);
      expect(at(1).value).toBeCloseTo(1, 0);
    });

    it(`that pays for another answer at each step gets each where it pays, with λ = ${gaeLambda}`, async () => {
      // Pays for a yes at the first step and for a no at the second: actions that come a step late get both wrong.
      const at = await learned(
        {
          steps: 2,
          sees: (step) => 2 * step - 1,
          pays: (step, _, choice) => ({ reward: (choice === 1) === (step === 0) ? 1 : -1 }),
        },
        { gaeLambda },
      );
      expect(at(-1).yes).toBeGreaterThan(0.95);
      expect(at(1).yes).toBeLessThan(0.05);
    });
  }
});

describe('a world without an end', () => {
  const endless: World = { limit: 4, sees: () => 0, pays: () => ({ reward: 1 }) };

  it('that pays 1 a step is worth 1 / (1 − γ), though the clock cuts it', async () => {
    const at = await learned(endless);
    expect(at(0).value).toBeCloseTo(2, 1);
  });

  it('gives what waits beyond the clock its due: a trap that pays now and costs later is left alone', async () => {
    // A yes pays 1 now and 3 less in each of all later steps; the clock cuts the episode right after the first.
    const at = await learned(
      {
        limit: 1,
        begin: (coin) => coin,
        // +1: not in the trap, −1: in it.
        sees: (_, own) => own,
        pays: (_, own, choice) => ({
          reward: (choice === 1 ? 1 : 0) + (own < 0 ? -3 : 0),
          own: choice === 1 ? -1 : own,
        }),
      },
      { discount: 0.9 },
      60,
    );
    expect(at(1).yes).toBeLessThan(0.05);
  });
});

describe('a world of four steps that look alike and pay 1 each', () => {
  const discount = 0.9;
  const alike: World = { sees: () => 0, pays: () => ({ reward: 1 }) };
  const ends = [
    { by: 'the rules end it', world: { ...alike, steps: 4 }, changes: {} },
    {
      by: 'the clock counts as its end',
      world: { ...alike, limit: 4 },
      changes: { bootstrapTruncated: false },
    },
  ];
  for (const { by, world, changes } of ends) {
    it(`is worth the mean of what is left at each, with λ = 1, where ${by}`, async () => {
      const at = await learned(world, { ...changes, discount, gaeLambda: 1 });
      expect(at(0).value).toBeCloseTo((1 + 1.9 + 2.71 + 3.439) / 4, 1);
    });

    it(`is worth 1 and, three times in four, what it is worth, with λ = 0, where ${by}`, async () => {
      const at = await learned(world, { ...changes, discount, gaeLambda: 0 }, 80);
      expect(at(0).value).toBeCloseTo(1 / (1 - (3 / 4) * discount), 1);
    });
  }
});
