import { beforeAll, describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { settingsOfShare, shareArenas } from '../src/agent/arena-shares';
import { decodeTrainingState, encodeTrainingState } from '../src/agent/checkpoint';
import { Collector } from '../src/agent/collector';
import type { FullRollout } from '../src/agent/full-rollout';
import { Learner, type LearnerUpdate } from '../src/agent/learner';
import { trainCollected } from '../src/agent/lockstep';
import {
  controllers,
  DecisionBatch,
  decisionShape,
  type Hyperparameters,
  sb3Hyperparameters,
} from '../src/contract';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { volley } from '../src/game/volley/simulation';
import { openNodeBackend } from '../src/workers/node-backend';

const spec = environmentSpec(volley);
const scripted = volley.scriptedPlayers ?? [];
const clock = () => 0;
const breathe = async () => {};
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  seed: 3,
  arenas: 6,
  rolloutLength: 64,
  minibatchSize: 64,
  epochs: 2,
  decisionIntervalTicks: 4,
  hiddenSizes: [16],
  pastInterval: 2,
  pastWindow: 2,
};

beforeAll(async () => {
  await openNodeBackend('cpu');
});

async function run(collectors: number, changes: Partial<Hyperparameters> = {}, updates = 6) {
  const hyperparameters = { ...settings, ...changes };
  const learner = Learner.create({ spec, hyperparameters, clock, breathe });
  const reports: LearnerUpdate[] = [];
  const parts: FullRollout[] = [];
  await trainCollected({
    learner: {
      async update(...full) {
        parts.push(...structuredClone(full));
        const report = await learner.update(...full);
        reports.push(report);
        return report;
      },
    },
    maxDecisions: Number.POSITIVE_INFINITY,
    shouldStop: () => reports.length === updates,
    collectors: shareArenas(hyperparameters.arenas, collectors).map((share) => {
      const { firstArena } = share;
      const own = settingsOfShare(hyperparameters, share);
      return new Collector({
        environment: createVectorEnvironment(volley, { ...own, firstArena }),
        actor: new Actor({
          spec,
          hyperparameters: own,
          snapshot: learner.snapshot(),
          opponents: { past: [], scripted },
          firstArena,
        }),
        decisionIntervalTicks: 4,
        firstArena,
        clock,
      });
    }),
  });
  const state = learner.trainingState();
  learner.dispose();
  return { state, reports, parts };
}

describe('self-play', () => {
  it('is the same run to the bit however many collectors share the arenas', async () => {
    const one = await run(1);
    const three = await run(3);
    expect(three.state.parameters).toEqual(one.state.parameters);
    expect(three.state.outcomes).toEqual(one.state.outcomes);
    expect(three.state.past).toEqual(one.state.past);
  });

  it('puts the learner’s own steps alone into the rollout: every one against itself, half of them against others', async () => {
    const share = ({ parts }: { parts: readonly FullRollout[] }) => {
      const cells = parts.flatMap(({ rollout }) => [...rollout.valid]);
      return cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
    };
    expect(share(await run(1, { selfShare: 1, pastShare: 0, scriptedShare: 0 }, 2))).toBe(1);
    expect(share(await run(1, { selfShare: 0, pastShare: 0, scriptedShare: 1 }, 2))).toBe(0.5);
  });

  it('lets a policy join the pool every interval, and the oldest leave', async () => {
    const { state, reports } = await run(1);
    expect(reports.map(({ addedPast }) => addedPast?.version ?? null)).toEqual([null, 2, null, 4, null, 6]);
    expect(state.past.map(({ version }) => version)).toEqual([4, 6]);
  });

  it('goes on with its pool and win rates from a file', async () => {
    const { state } = await run(1);
    const read = decodeTrainingState(encodeTrainingState(state), spec);
    expect(read.past).toEqual(state.past);
    expect(read.outcomes).toEqual(state.outcomes);
  });

  it('leaves the other seat to the learner where a person sits, and out of the records whom it met', () => {
    const hyperparameters = { ...settings, arenas: 1, selfShare: 0, pastShare: 0, scriptedShare: 1 };
    const learner = Learner.create({ spec, hyperparameters, clock, breathe });
    const environment = createVectorEnvironment(volley, hyperparameters);
    const snapshot = learner.snapshot();
    const actor = new Actor({ spec, hyperparameters, snapshot, opponents: { past: [], scripted } });
    const batch = new DecisionBatch(decisionShape(spec, 1));
    const person = new Float32Array([2, 1]);
    let full: FullRollout | null = null;
    for (let decision = 0; full === null; decision++) {
      environment.takeDecision(batch);
      batch.controllers.set([controllers.person, controllers.cast]);
      batch.number = decision;
      full = actor.observe(batch, 0);
      actor.act(batch, 0);
      environment.applyActions(batch.actions);
      for (let tick = 0; tick < 4; tick++) {
        environment.applyAction(0, person);
        environment.tick();
      }
    }
    learner.dispose();
    // [T, 2]: the person's column never counts, the learner's always does.
    expect([...full.rollout.valid]).toEqual(Array.from({ length: 64 }, () => [0, 1]).flat());
    expect(full.episodes.length).toBeGreaterThan(0);
    expect(full.episodes.every(({ against }) => against === undefined)).toBe(true);
  });

  it('books no rally that is cut for a match to begin, for anybody', () => {
    const hyperparameters = { ...settings, arenas: 1, selfShare: 0, pastShare: 0, scriptedShare: 1 };
    const learner = Learner.create({ spec, hyperparameters, clock, breathe });
    const environment = createVectorEnvironment(volley, hyperparameters);
    const snapshot = learner.snapshot();
    const actor = new Actor({ spec, hyperparameters, snapshot, opponents: { past: [], scripted } });
    learner.dispose();
    const batch = new DecisionBatch(decisionShape(spec, 1));
    let ended = 0;
    for (batch.number = 0; batch.number < 100; batch.number += 1) {
      environment.takeDecision(batch);
      ended += batch.truncated[0]!;
      actor.observe(batch, 0);
      expect(actor.endedEpisodes).toEqual([]);
      actor.act(batch, 0);
      environment.applyActions(batch.actions);
      for (let tick = 0; tick < 4; tick++) environment.tick();
      if (batch.number % 5 === 4) environment.restartArena(0, batch.number);
    }
    expect(ended).toBe(19);
  });

  it('books no rally of a person’s to an opponent, though the seat is handed back in the tick that ends it', () => {
    const hyperparameters = { ...settings, arenas: 1, selfShare: 0, pastShare: 0, scriptedShare: 1 };
    const learner = Learner.create({ spec, hyperparameters, clock, breathe });
    const environment = createVectorEnvironment(volley, hyperparameters);
    const snapshot = learner.snapshot();
    const actor = new Actor({ spec, hyperparameters, snapshot, opponents: { past: [], scripted } });
    learner.dispose();
    const batch = new DecisionBatch(decisionShape(spec, 1));
    const records: unknown[] = [];
    let rallies = 0;
    // The person plays the first rally; the second is the cast's.
    for (let decision = 0; rallies < 2; decision++) {
      environment.takeDecision(batch);
      if (batch.terminated[0] !== 0) rallies++;
      batch.controllers.set([rallies === 0 ? controllers.person : controllers.cast, controllers.cast]);
      batch.number = decision;
      actor.observe(batch, 0);
      records.push(...actor.endedEpisodes.map(({ against }) => against?.opponent ?? 'nobody'));
      actor.act(batch, 0);
      environment.applyActions(batch.actions);
      for (let tick = 0; tick < 4; tick++) environment.tick();
    }
    expect(records[0]).toBe('nobody');
    expect(records[1]).toMatch(/^bot-/);
  });
});
