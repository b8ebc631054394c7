import { beforeAll, describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { settingsOfShare, shareArenas } from '../src/agent/arena-shares';
import { Collector } from '../src/agent/collector';
import { Learner } from '../src/agent/learner';
import { type LockstepUpdate, trainCollected, trainLockstep } from '../src/agent/lockstep';
import { type Hyperparameters, sb3Hyperparameters } from '../src/contract';
import { balance } from '../src/game/balance/simulation';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { openNodeBackend } from '../src/workers/node-backend';

const spec = environmentSpec(balance);
const clock = () => 0;
const breathe = async () => {};
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  seed: 3,
  arenas: 6,
  rolloutLength: 32,
  minibatchSize: 64,
  epochs: 2,
  hiddenSizes: [16],
};

beforeAll(async () => {
  await openNodeBackend('cpu');
});

/** A run of ten updates; without collectors, of one actor as the visible game has it. */
async function run(collectors: number, changes: Partial<Hyperparameters> = {}) {
  const hyperparameters = { ...settings, ...changes };
  const learner = Learner.create({ spec, hyperparameters, clock, breathe });
  const updates: LockstepUpdate[] = [];
  const episodes: unknown[] = [];
  const training = {
    learner,
    maxDecisions: 10 * 6 * 32,
    onUpdate: (update: LockstepUpdate) => updates.push(update),
    onEpisode: (episode: unknown, decisions: number) => episodes.push([episode, decisions]),
  };
  if (collectors === 0) {
    await trainLockstep({
      ...training,
      environment: createVectorEnvironment(balance, hyperparameters),
      actor: new Actor({ spec, hyperparameters, snapshot: learner.snapshot() }),
      decisionIntervalTicks: 1,
      clock,
    });
  } else {
    await trainCollected({
      ...training,
      collectors: shareArenas(hyperparameters.arenas, collectors).map((share) => {
        const { firstArena } = share;
        const own = settingsOfShare(hyperparameters, share);
        return new Collector({
          environment: createVectorEnvironment(balance, { ...own, firstArena }),
          actor: new Actor({ spec, hyperparameters: own, snapshot: learner.snapshot(), firstArena }),
          decisionIntervalTicks: 1,
          firstArena,
          clock,
        });
      }),
    });
  }
  learner.dispose();
  return { state: learner.trainingState(), updates, episodes };
}

describe('collectors in lockstep', () => {
  it('give the same weights, episodes and curve to the bit, however many share the arenas', async () => {
    const alone = await run(0);
    expect(alone.state.version).toBe(10);
    expect(alone.episodes.length).toBeGreaterThan(20);
    for (const collectors of [1, 2, 4, 6]) {
      const shared = await run(collectors);
      expect(shared.state).toEqual(alone.state);
      expect(shared.episodes).toEqual(alone.episodes);
    }
  });

  it('share what they normalise by: every sample of each counts once, and all act by the same', async () => {
    const normalised = { normaliseObservations: true, normaliseRewards: true };
    const alone = await run(0, normalised);
    const shared = await run(3, normalised);
    for (const { state } of [alone, shared]) {
      const { observations, rewards } = state.normalisation;
      // The prior counts for 0.0001. A rollout's last observation is counted when it is seen, with this rollout.
      expect(observations?.count).toBeCloseTo(6 * (10 * 32 + 1) + 1e-4, 8);
      expect(rewards?.count).toBeCloseTo(6 * 10 * 32 + 1e-4, 8);
    }
    // The ratio is 1 only where acting and learning saw the same numbers.
    for (const { metrics } of shared.updates) expect(metrics.firstRatioDeviation).toBeLessThan(1e-5);
    // Within a rollout each knows its own samples alone, so the runs differ, but little at first.
    expect(shared.updates[0]?.metrics.meanReturn).not.toBeNull();
    const means = [alone, shared].map(({ updates }) => updates[0]!.normalisation.observations!.mean[1]!);
    expect(Math.abs(means[0]! - means[1]!)).toBeLessThan(0.1);
  });

  it('repeat a run to the bit with the same number of them, also where they share statistics', async () => {
    const normalised = { normaliseObservations: true, normaliseRewards: true };
    const [first, second] = [await run(4, normalised), await run(4, normalised)];
    expect(first.state.version).toBe(10);
    expect(second.state).toEqual(first.state);
  });

  it('go on counting from where a run was kept', async () => {
    const collectorsOf = (learner: Learner) =>
      shareArenas(6, 2).map((share) => {
        const { firstArena } = share;
        const hyperparameters = settingsOfShare(settings, share);
        const { decisions, normalisation } = learner.trainingState();
        const snapshot = learner.snapshot();
        return new Collector({
          environment: createVectorEnvironment(balance, {
            ...hyperparameters,
            firstArena,
            generation: decisions,
          }),
          actor: new Actor({ spec, hyperparameters, snapshot, normalisation, decisions, firstArena }),
          decisionIntervalTicks: 1,
          firstArena,
          clock,
        });
      });
    const learner = Learner.create({ spec, hyperparameters: settings, clock, breathe });
    const first = await trainCollected({ learner, collectors: collectorsOf(learner), maxDecisions: 384 });
    expect(first).toEqual({ decisions: 384, updates: 2, stopped: false });
    const second = await trainCollected({ learner, collectors: collectorsOf(learner), maxDecisions: 960 });
    expect(second).toEqual({ decisions: 960, updates: 3, stopped: false });
    expect(learner.trainingState().decisions).toBe(960);
    learner.dispose();
  });
});
