import { describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import type { FullRollout } from '../src/agent/full-rollout';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import {
  type ArenaFault,
  type Hyperparameters,
  type Simulation,
  sb3Hyperparameters,
  type UpdateMetrics,
} from '../src/contract';
import { balance } from '../src/game/balance/simulation';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';

const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  seed: 2,
  arenas: 8,
  rolloutLength: 64,
  minibatchSize: 64,
  epochs: 8,
  hiddenSizes: [32],
};

/** Balance whose rules go wrong in about one of 500 ticks, in any of its arenas, by the last digits of the cart's place. */
function faulty(goWrong: (state: Float64Array) => void): Simulation {
  return {
    ...balance,
    step(state, actions, rewardTerms) {
      const terminated = balance.step(state, actions, rewardTerms);
      if (Math.floor(Math.abs(state[0]!) * 1e9) % 500 === 0) goWrong(state);
      return terminated;
    },
  };
}

async function train(simulation: Simulation) {
  const spec = environmentSpec(simulation);
  const learner = Learner.create({
    spec,
    hyperparameters: settings,
    clock: () => 0,
    breathe: async () => {},
  });
  const faults: ArenaFault[] = [];
  const parts: FullRollout[] = [];
  const metrics: UpdateMetrics[] = [];
  await trainLockstep({
    environment: createVectorEnvironment(simulation, settings),
    actor: new Actor({ spec, hyperparameters: settings, snapshot: learner.snapshot() }),
    learner: {
      update(...full) {
        parts.push(...structuredClone(full));
        return learner.update(...full);
      },
    },
    decisionIntervalTicks: 1,
    maxDecisions: 20_000,
    clock: () => 0,
    onFault: (fault) => faults.push(fault),
    onUpdate: (update) => metrics.push(update.metrics),
  });
  learner.dispose();
  return { faults, parts, metrics };
}

describe('a game that goes wrong now and then', () => {
  it.each([
    ['gives NaN', 'notFinite', (state: Float64Array) => state.fill(Number.NaN)],
    [
      'throws',
      'threw',
      () => {
        throw new Error('no such key');
      },
    ],
  ] as const)('and %s is learned all the same, from all that it did right', async (_, kind, goWrong) => {
    const { faults, parts, metrics } = await train(faulty(goWrong));
    expect(faults.length).toBeGreaterThan(15);
    expect(faults.every((fault) => fault.kind === kind)).toBe(true);
    const invalid = parts.reduce(
      (sum, { rollout }) => sum + rollout.valid.filter((cell) => cell === 0).length,
      0,
    );
    expect(invalid).toBe(faults.length);
    for (const { rollout } of parts) {
      for (const numbers of [rollout.observations, rollout.rewards, rollout.values, rollout.finalValues]) {
        expect(numbers.every(Number.isFinite)).toBe(true);
      }
    }
    // Untrained it is 22.
    expect(metrics.at(-1)?.meanReturn).toBeGreaterThan(80);
  });
});
