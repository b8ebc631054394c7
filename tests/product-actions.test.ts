import { describe, expect, it } from 'vitest';
import { workbench } from '../examples/02-several-actions/workbench';
import { Actor } from '../src/agent/actor';
import { decodeTrainingState, encodeTrainingState } from '../src/agent/checkpoint';
import { GreedyPolicy } from '../src/agent/greedy-policy';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import { decodePolicy, encodePolicy, policyOf } from '../src/agent/policy-file';
import { hostBackends } from '../src/agent/update-backend';
import { type ArenaFault, type Hyperparameters, type Simulation, sb3Hyperparameters } from '../src/contract';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';

const spec = environmentSpec(workbench);

/** Two at workbenches of their own, one beside the other: who takes the right tool more often wins. */
const contest: Simulation = {
  ...workbench,
  game: 'contest',
  seats: 2,
  winTerm: 'tool',
  stateSize: 2 * workbench.stateSize,
  scriptedPlayers: [
    {
      id: 'bot-idle',
      name: 'Idle',
      summary: 'Does the same whatever it sees.',
      act(_seen, _random, action) {
        action.set([0, 0, 0.25, -0.25, 1]);
      },
    },
  ],
  reset(state, random) {
    for (const seat of [0, 1]) workbench.reset(ofSeat(state, seat), random);
    // No scripted player sees what is broken.
    for (const seat of [0, 1]) ofSeat(state, seat).set([1, 2], 2);
  },
  step(state, action, rewardTerms) {
    for (const seat of [0, 1]) {
      workbench.step(ofSeat(state, seat), ofSeat(action, seat), ofSeat(rewardTerms, seat));
    }
    return true;
  },
  observe(state, observation) {
    for (const seat of [0, 1]) workbench.observe(ofSeat(state, seat), ofSeat(observation, seat));
  },
  mask(state, mask) {
    for (const seat of [0, 1]) workbench.mask!(ofSeat(state, seat), ofSeat(mask, seat));
  },
};

function ofSeat<Row extends Float64Array | Float32Array | Uint8Array>(both: Row, seat: number): Row {
  const width = both.length / 2;
  return both.subarray(seat * width, (seat + 1) * width) as Row;
}

const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 16,
  rolloutLength: 32,
  minibatchSize: 128,
  epochs: 4,
  hiddenSizes: [32],
  learningRate: 5e-3,
  discount: 0,
};

async function trained(
  seed: number,
  updates: number,
  simulation = workbench,
  changes: Partial<Hyperparameters> = {},
) {
  const hyperparameters = { ...settings, seed, ...changes };
  const ownSpec = environmentSpec(simulation);
  const learner = Learner.create({
    spec: ownSpec,
    hyperparameters,
    clock: () => 0,
    breathe: async () => {},
    backend: hostBackends.cpu,
  });
  const faults: ArenaFault[] = [];
  let ratioDeviation = 0;
  let updated = 0;
  await trainLockstep({
    environment: createVectorEnvironment(simulation, { arenas: settings.arenas, seed }),
    actor: new Actor({
      spec: ownSpec,
      hyperparameters,
      snapshot: learner.snapshot(),
      acting: 'cpu',
      opponents: { past: [], scripted: simulation.scriptedPlayers ?? [] },
    }),
    learner,
    decisionIntervalTicks: 1,
    maxDecisions: Number.POSITIVE_INFINITY,
    shouldStop: () => updated === updates,
    onUpdate: ({ metrics }) => {
      updated += 1;
      ratioDeviation = Math.max(ratioDeviation, metrics.firstRatioDeviation ?? Number.NaN);
    },
    onFault: (fault) => faults.push(fault),
    clock: () => 0,
  });
  const state = learner.trainingState();
  learner.dispose();
  return { state, faults, ratioDeviation };
}

/** What each term pays the policy’s likeliest actions, over moments that it never saw. */
function payOf(policy: ConstructorParameters<typeof GreedyPolicy>[2], moments = 400): number[] {
  const random = SeededRandom.fromSeed(987_654);
  const greedy = new GreedyPolicy(spec, settings, policy, 1);
  const state = new Float64Array(workbench.stateSize);
  const questions = {
    observations: new Float32Array(7),
    masks: new Uint8Array(3),
    actions: new Float32Array(5),
  };
  const terms = new Float64Array(4);
  const pay = [0, 0, 0, 0];
  for (let moment = 0; moment < moments; moment++) {
    workbench.reset(state, random);
    workbench.observe(state, questions.observations);
    workbench.mask!(state, questions.masks);
    greedy.act(questions, Int32Array.of(0), 1);
    workbench.step(state, questions.actions, terms);
    terms.forEach((term, i) => {
      pay[i]! += term / moments;
    });
  }
  return pay;
}

describe('two buttons, a masked choice and a stick at once', () => {
  it.each([3, 1_000_003, 77_777_777])(
    'are learned, each part of them, and no broken tool is ever taken: seed %i',
    async (seed) => {
      const { state, faults, ratioDeviation } = await trained(seed, 40);
      expect(faults).toEqual([]);
      // What was recorded of each action is what the learner makes of it.
      expect(ratioDeviation).toBeLessThan(1e-5);
      const policy = policyOf(state, 'Trained');
      for (const pay of payOf(policy)) expect(pay).toBeGreaterThan(0.95);
    },
  );

  it('come back from a policy’s and from a run’s file as they were', async () => {
    const { state } = await trained(5, 2);
    const read = decodeTrainingState(encodeTrainingState(state), spec);
    expect(read).toEqual(state);
    const policy = policyOf(state, 'Trained');
    expect(decodePolicy(encodePolicy(policy), spec)).toEqual(policy);
    expect(payOf(decodePolicy(encodePolicy(policy), spec), 20)).toEqual(payOf(policy, 20));
  });

  it('are played against oneself, earlier policies and scripted players', async () => {
    const { state, faults, ratioDeviation } = await trained(9, 6, contest, {
      selfShare: 0.4,
      pastShare: 0.3,
      scriptedShare: 0.3,
      pastInterval: 2,
    });
    expect(faults).toEqual([]);
    expect(ratioDeviation).toBeLessThan(1e-5);
    expect(state.past.length).toBeGreaterThan(0);
    expect(Object.keys(state.outcomes).sort()).toEqual(['bot-idle', 'past', 'self']);
  });
});
