import { describe, expect, it } from 'vitest';
import {
  type ActionSpace,
  controllers,
  DecisionBatch,
  decisionShape,
  type EnvironmentSpec,
  type Hyperparameters,
  interruptions,
  PlaytrainError,
  type RunningStatisticsData,
  type SnapshotData,
  sb3Hyperparameters,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { Actor } from './actor';
import { createDistribution } from './distributions';
import type { FullRollout } from './full-rollout';
import { Learner } from './learner';
import { mergedNormalisation, RunningStatistics } from './normalisation';
import { initialiseParameters, policyLayout } from './policy';
import { createSnapshot } from './snapshot';

const spec: EnvironmentSpec = {
  game: 'test',
  observationSpace: { size: 2, names: ['x', 'v'], low: [-9, -9], high: [9, 9] },
  actionSpace: { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'] },
  rewardTerms: [
    { name: 'goal', description: '', defaultWeight: 1 },
    { name: 'effort', description: '', defaultWeight: -0.5 },
  ],
  tickMs: 20,
  timeLimitTicks: 100,
};
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 2,
  rolloutLength: 3,
  minibatchSize: 2,
  hiddenSizes: [4],
};

/** Weights of a policy with strong opinions, so that two snapshots act differently. */
function snapshotOf(version: number, stateSpec = spec): SnapshotData {
  const layout = policyLayout(stateSpec, settings);
  const parameters = initialiseParameters(layout, SeededRandom.fromSeed(version), 0);
  const head = layout.blocks.find(({ name }) => name === 'actor.head.kernel')!; // every layout has one
  for (let i = head.offset; i < head.offset + head.size; i++) parameters[i] = 100 * parameters[i]!;
  return { version, parameters };
}

function criticValue(snapshot: SnapshotData, observation: readonly number[]): number {
  const policy = createSnapshot(policyLayout(spec, settings), snapshot);
  return Math.fround(policy.value(Float32Array.from(observation), 0));
}

interface Outcome {
  /** One row an arena; random when left out. */
  readonly observations?: readonly (readonly number[])[];
  readonly finalObservations?: readonly (readonly number[])[];
  readonly rewardTerms?: readonly (readonly number[])[];
  readonly terminated?: readonly number[];
  readonly truncated?: readonly number[];
  readonly interrupted?: readonly number[];
  readonly masks?: readonly number[];
  readonly controllers?: readonly number[];
  readonly nowMs?: number;
}

/** Plays the game's part: hands an actor numbered decisions with scripted outcomes. */
class Script {
  readonly actor: Actor;
  number = 0;
  private readonly stateSpec: EnvironmentSpec;
  private readonly random = SeededRandom.fromSeed(77);

  constructor(changes: Partial<Hyperparameters> = {}, stateSpec = spec) {
    this.stateSpec = stateSpec;
    this.actor = new Actor({
      spec: stateSpec,
      hyperparameters: { ...settings, ...changes },
      snapshot: snapshotOf(1, stateSpec),
      acting: 'cpu',
    });
  }

  batch(outcome: Outcome = {}): DecisionBatch {
    const batch = new DecisionBatch(decisionShape(this.stateSpec, 2));
    batch.number = this.number++;
    for (let i = 0; i < batch.observations.length; i++) batch.observations[i] = this.random.normal();
    if (outcome.observations) batch.observations.set(outcome.observations.flat());
    batch.finalObservations.set(outcome.finalObservations?.flat() ?? []);
    batch.rewardTerms.set(outcome.rewardTerms?.flat() ?? []);
    batch.terminated.set(outcome.terminated ?? []);
    batch.truncated.set(outcome.truncated ?? []);
    batch.interrupted.set(outcome.interrupted ?? []);
    batch.controllers.set(outcome.controllers ?? []);
    batch.masks.fill(1);
    batch.masks.set(outcome.masks ?? []);
    // What the last answer left there.
    batch.logProbabilities.fill(-7);
    batch.values.fill(7);
    return batch;
  }

  /** One decision: observes and acts. */
  decide(outcome: Outcome = {}): { batch: DecisionBatch; full: FullRollout | null } {
    const batch = this.batch(outcome);
    const full = this.actor.observe(batch, outcome.nowMs ?? 0);
    this.actor.act(batch);
    return { batch, full };
  }

  /** Decides until a rollout is full; what `outcome` says goes for every decision. */
  fill(outcome: Outcome = {}): FullRollout {
    for (let decision = 0; decision < 50; decision++) {
      const { full } = this.decide(outcome);
      if (full) return full;
    }
    throw new Error('no rollout filled');
  }
}

describe('what an actor records', () => {
  it('pairs each action with the observation it was chosen on and the outcome that followed', () => {
    const script = new Script();
    const decided = [0, 1, 2, 3].map((step) =>
      script.decide({
        rewardTerms: [
          [step, 0],
          [10 * step, 2],
        ],
      }),
    );
    expect(decided.map(({ full }) => full !== null)).toEqual([false, false, false, true]);
    const batches = decided.map(({ batch }) => batch);
    const rollout = decided[3]!.full!.rollout; // as just seen
    for (let step = 0; step < 3; step++) {
      const asked = batches[step]!;
      expect(rollout.observations.slice(4 * step, 4 * step + 4)).toEqual(asked.observations);
      expect(rollout.actions.slice(2 * step, 2 * step + 2)).toEqual(asked.actions);
      expect(rollout.logProbabilities.slice(2 * step, 2 * step + 2)).toEqual(asked.logProbabilities);
      expect(rollout.values.slice(2 * step, 2 * step + 2)).toEqual(asked.values);
      // Weights 1 and −0.5.
      expect(rollout.rewards.slice(2 * step, 2 * step + 2)).toEqual(
        Float32Array.of(step + 1, 10 * (step + 1) - 1),
      );
    }
    expect([...rollout.valid]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(rollout.values.slice(6)).toEqual(batches[3]!.values);
  });

  it('holds the probabilities of the policy that acted', () => {
    const script = new Script();
    const { batch } = script.decide();
    const policy = createSnapshot(policyLayout(spec, settings), snapshotOf(1));
    const outputs = new Float32Array(6);
    policy.forward(batch.observations, 2, outputs, new Float32Array(2));
    const distribution = createDistribution(spec.actionSpace);
    for (const arena of [0, 1]) {
      const expected = distribution.logProbability(outputs, arena, policy.logStd, batch.masks, batch.actions);
      expect(batch.logProbabilities[arena]).toBeCloseTo(expected, 6);
    }
    expect(batch.policyVersion).toBe(1);
    expect(batch.buffersFull).toBe(false);
  });

  it('keeps nothing of a batch whose memory is transferred away', () => {
    const kept = new Script();
    const transferred = new Script();
    const fulls: (FullRollout | null)[] = [];
    for (let step = 0; step < 4; step++) {
      const { batch, full } = transferred.decide();
      structuredClone(batch.buffer, { transfer: [batch.buffer] });
      expect(batch.observations).toHaveLength(0);
      fulls.push(full);
    }
    expect(fulls[3]?.rollout.buffer).toEqual(kept.fill().rollout.buffer);
  });

  it('stores masks, and never takes a forbidden choice', () => {
    const masked: ActionSpace = { kind: 'discrete', count: 3, labels: [], masked: true };
    const script = new Script({ rolloutLength: 50 }, { ...spec, actionSpace: masked });
    let full: FullRollout | null = null;
    while (!full) {
      const batch = script.batch();
      batch.masks.set([0, 1, 0, 1, 0, 1]);
      full = script.actor.observe(batch, 0);
      script.actor.act(batch);
    }
    expect(full.rollout.masks.slice(0, 6)).toEqual(Uint8Array.of(0, 1, 0, 1, 0, 1));
    const taken = (arena: number) => new Set(full.rollout.actions.filter((_, cell) => cell % 2 === arena));
    expect(taken(0)).toEqual(new Set([1]));
    expect(taken(1)).toEqual(new Set([0, 2]));
  });

  it('marks each step with the version that acted, and takes new weights at the next decision', () => {
    const script = new Script();
    script.decide();
    script.actor.adopt(snapshotOf(2), settings);
    expect(script.decide().batch.policyVersion).toBe(2);
    expect([...script.fill().rollout.versions]).toEqual([1, 2, 2]);
  });
});

describe('the end of an episode', () => {
  const finalObservations = [
    [1, 2],
    [3, 4],
  ];

  it('by a time limit is valued by its final observation, with the snapshot then in force', () => {
    const script = new Script();
    script.decide();
    script.actor.adopt(snapshotOf(2), settings);
    script.decide({ truncated: [0, 1], finalObservations });
    const { rollout } = script.fill();
    expect(rollout.finalValues[1]).toBe(criticValue(snapshotOf(2), [3, 4]));
    expect(rollout.finalValues[0]).toBe(0);
    expect(rollout.truncated.slice(0, 2)).toEqual(Uint8Array.of(0, 1));
  });

  it('by both flags is a real end, with no value after it', () => {
    const script = new Script();
    script.decide();
    script.decide({ terminated: [1, 0], truncated: [1, 1], finalObservations });
    const { rollout } = script.fill();
    expect(rollout.finalValues[0]).toBe(0);
    expect(rollout.finalValues[1]).not.toBe(0);
    expect([rollout.terminated[0], rollout.truncated[0]]).toEqual([1, 1]);
  });

  it('is noted with its weighted return and its length in decisions', () => {
    const script = new Script({ normaliseRewards: true });
    const rewardTerms = [
      [1, 0],
      [0, 2],
    ];
    script.decide();
    script.decide({ rewardTerms });
    script.decide({ rewardTerms, terminated: [1, 0] });
    expect(script.actor.endedEpisodes).toEqual([{ arena: 0, return: 2, length: 2, truncated: false }]);
    const { full } = script.decide({ rewardTerms, terminated: [1, 0], truncated: [1, 1] });
    expect(full?.episodes).toEqual([
      { arena: 0, return: 2, length: 2, truncated: false },
      { arena: 0, return: 1, length: 1, truncated: false },
      { arena: 1, return: -3, length: 3, truncated: true },
    ]);
  });

  it('is not noted when a person or a frozen policy took any of its steps', () => {
    const script = new Script({ rolloutLength: 6 });
    script.decide({ controllers: [controllers.person, controllers.cast] });
    script.decide({ controllers: [controllers.cast, controllers.frozen] });
    script.decide();
    script.decide({ terminated: [1, 1] });
    expect(script.actor.endedEpisodes).toEqual([]);
    script.decide({ terminated: [1, 1] });
    expect(script.actor.endedEpisodes.map(({ arena, length }) => [arena, length])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});

describe('an episode that neither rules nor limit ended', () => {
  const finalObservations = [
    [1, 2],
    [3, 4],
  ];
  const rewardTerms = [
    [1, 0],
    [1, 0],
  ];

  it('is not noted where its arena was begun anew, but what was played of it is learned from', () => {
    const script = new Script();
    script.decide();
    script.decide({
      rewardTerms,
      truncated: [1, 0],
      interrupted: [interruptions.restart, 0],
      finalObservations,
    });
    expect(script.actor.endedEpisodes).toEqual([]);
    script.decide({ rewardTerms });
    const { full } = script.decide({ rewardTerms, terminated: [1, 1] });
    expect(full?.episodes.map(({ arena, length }) => [arena, length])).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect([...(full?.rollout.valid ?? [])]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(full?.rollout.finalValues[0]).toBe(criticValue(snapshotOf(1), [1, 2]));
    expect(full?.rollout.truncated[0]).toBe(1);
  });

  it('leaves its last step out where its arena went wrong, and the other arenas alone', () => {
    const normalising = { normaliseRewards: true, normaliseObservations: true, rolloutLength: 4 };
    const fill = (interrupted: number) => {
      const script = new Script(normalising);
      const observations = [
        [0.5, 0.5],
        [0.25, 1],
      ];
      const decided = [
        script.decide({ observations }),
        script.decide({ observations, rewardTerms }),
        script.decide({
          observations,
          rewardTerms: [
            [interrupted === interruptions.fault ? 0 : 1, 0],
            [1, 0],
          ],
          truncated: [1, 0],
          interrupted: [interrupted, 0],
          finalObservations,
        }),
        script.decide({ observations, rewardTerms }),
        script.decide({ observations, rewardTerms, terminated: [1, 1] }),
      ];
      return decided.at(-1)!.full!; // filled by the fourth outcome
    };
    const [wrong, sound] = [fill(interruptions.fault), fill(interruptions.none)];
    expect([...wrong.rollout.valid]).toEqual([1, 1, 0, 1, 1, 1, 1, 1]);
    expect(wrong.rollout.truncated[2]).toBe(1);
    expect(wrong.rollout.finalValues[2]).toBe(0);
    expect(wrong.counters.decisions).toBe(7);
    expect(wrong.episodes.map(({ arena, length }) => [arena, length])).toEqual([
      [0, 2],
      [1, 4],
    ]);
    // Returns of 7 steps, and the observations that the learner acted on.
    expect(wrong.normalisation.rewards?.count).toBe(7);
    expect(wrong.normalisation.observations?.count).toBe(10);
    const column = ({ rollout }: FullRollout) => rollout.actions.filter((_, cell) => cell % 2 === 1);
    expect(column(wrong)).toEqual(column(sound));
  });
});

describe('a mask that leaves nothing to choose', () => {
  const masked: ActionSpace = { kind: 'discrete', count: 3, labels: [], masked: true };
  const maskedSpec = { ...spec, actionSpace: masked };
  const nothing = [0, 0, 0, 1, 1, 1];

  it.each(['person', 'frozen'] as const)('to a %s is none of the others’ business', (who) => {
    const script = new Script({}, maskedSpec);
    script.actor.setFrozen(snapshotOf(1, maskedSpec));
    const { batch } = script.decide({ masks: nothing, controllers: [controllers[who], controllers.cast] });
    expect(batch.actions[0]).toBe(0);
    expect(batch.logProbabilities[1]).toBeLessThan(0);
    const { rollout, faults } = script.fill();
    expect(rollout.valid.slice(0, 4)).toEqual(Uint8Array.of(0, 1, 1, 1));
    expect(faults).toBeUndefined();
  });

  it('to the learner is no step to learn from, which is said once; its episode is still the learner’s', () => {
    const script = new Script({}, maskedSpec);
    script.decide({ masks: nothing });
    script.decide({ masks: nothing });
    script.decide();
    const { full } = script.decide({ terminated: [1, 1] });
    expect([...(full?.rollout.valid ?? [])]).toEqual([0, 1, 0, 1, 1, 1]);
    expect(full?.counters.decisions).toBe(4);
    expect(full?.episodes.map(({ arena, length }) => [arena, length])).toEqual([
      [0, 3],
      [1, 3],
    ]);
    expect(full?.faults).toMatchObject([{ arena: 0, kind: 'noChoice' }]);
    script.decide({ masks: nothing });
    expect(script.fill().faults).toBeUndefined();
  });
});

describe('controllers', () => {
  it('other than the learner leave steps marked invalid, with values and without log-probabilities', () => {
    const script = new Script();
    const { batch } = script.decide({ controllers: [controllers.person, controllers.frozen] });
    expect([...batch.logProbabilities]).toEqual([0, 0]);
    script.decide();
    const { rollout, counters } = script.fill();
    expect([...rollout.valid]).toEqual([0, 0, 1, 1, 1, 1]);
    expect(rollout.values[0]).toBe(
      criticValue(snapshotOf(1), [batch.observations[0]!, batch.observations[1]!]),
    );
    expect(counters.decisions).toBe(4);
  });

  it('of one arena never change what is drawn in another', () => {
    const actionsOf = (others: number[]) => {
      const script = new Script();
      return others.map((controller) => script.decide({ controllers: [controller, 0] }).batch.actions[1]);
    };
    const { cast, frozen, person } = controllers;
    const alone = actionsOf(Array.from({ length: 40 }, () => cast));
    expect(new Set(alone).size).toBeGreaterThan(1);
    expect(actionsOf(alone.map((_, i) => [person, frozen, cast][i % 3] ?? cast))).toEqual(alone);
  });

  it('that are frozen act by the frozen snapshot, greedily; by the newest one where none is set', () => {
    const greedy = (data: SnapshotData, batch: DecisionBatch) => {
      const policy = createSnapshot(policyLayout(spec, settings), data);
      const outputs = new Float32Array(6);
      policy.forward(batch.observations, 2, outputs, new Float32Array(2));
      const actions = new Float32Array(2);
      createDistribution(spec.actionSpace).mode(outputs, 0, policy.logStd, batch.masks, actions);
      return actions[0];
    };
    const script = new Script();
    let apart = 0;
    for (let decision = 0; decision < 30; decision++) {
      // Unless one is chosen, it is the newest.
      if (decision > 0) script.actor.setFrozen(snapshotOf(decision % 2 === 0 ? 5 : 1));
      const { batch } = script.decide({ controllers: [controllers.frozen, controllers.cast] });
      expect(batch.actions[0]).toBe(greedy(snapshotOf(decision % 2 === 0 && decision > 0 ? 5 : 1), batch));
      if (greedy(snapshotOf(5), batch) !== greedy(snapshotOf(1), batch)) apart++;
    }
    expect(apart).toBeGreaterThan(0);
  });

  describe('that are frozen, under normalised observations,', () => {
    const byFrozen = { controllers: [controllers.frozen, controllers.cast] };
    /** What the policy would do greedily, on arena 0's observation normalised by these statistics. */
    const greedy = (data: SnapshotData, batch: DecisionBatch, statistics: RunningStatisticsData | null) => {
      const policy = createSnapshot(policyLayout(spec, settings), data);
      const seen = batch.observations.map((x, i) => {
        if (statistics === null) return x;
        return (x - statistics.mean[i % 2]!) / Math.sqrt(statistics.variance[i % 2]! + 1e-8);
      });
      const outputs = new Float32Array(6);
      policy.forward(seen, 2, outputs, new Float32Array(2));
      const actions = new Float32Array(2);
      createDistribution(spec.actionSpace).mode(outputs, 0, policy.logStd, batch.masks, actions);
      return actions[0];
    };
    /** Decides often, and says how often statistics other than those expected would have led to another action. */
    const timesApart = (
      script: Script,
      expected: RunningStatisticsData | null,
      other: RunningStatisticsData | null,
    ) => {
      let apart = 0;
      for (let decision = 0; decision < 40; decision++) {
        const { batch } = script.decide(byFrozen);
        const action = greedy(snapshotOf(5), batch, expected);
        expect(batch.actions[0]).toBe(action);
        if (greedy(snapshotOf(5), batch, other) !== action) apart++;
      }
      return apart;
    };

    it('see by the statistics that came with them, whether or not the learner normalises', () => {
      const own: RunningStatisticsData = { count: 100, mean: [1, -1], variance: [0.25, 4] };
      for (const normaliseObservations of [true, false]) {
        const script = new Script({ normaliseObservations });
        script.actor.setFrozen(snapshotOf(5), own);
        expect(timesApart(script, own, null)).toBeGreaterThan(0);
      }
    });

    it('see by the live statistics of the moment they were set, where none came with them', () => {
      const script = new Script({ normaliseObservations: true });
      const live = new RunningStatistics(2);
      const far = {
        observations: [
          [3, -2],
          [5, -4],
        ],
      };
      live.update(script.decide(far).batch.observations, 2);
      script.actor.setFrozen(snapshotOf(5));
      const then = live.save();
      // Where the live statistics are drawn to by the 40 decisions that follow.
      const later = { count: 42, mean: [0, 0], variance: [1, 1] };
      expect(timesApart(script, then, later)).toBeGreaterThan(0);
    });

    it('see what the game gave, where they were set before the learner normalised', () => {
      const script = new Script();
      script.actor.setFrozen(snapshotOf(5));
      script.decide();
      script.actor.adopt(snapshotOf(1), { ...settings, normaliseObservations: true });
      script.fill();
      expect(timesApart(script, null, { count: 1, mean: [1, -1], variance: [1, 1] })).toBeGreaterThan(0);
    });
  });
});

describe('settings', () => {
  it('weigh rewards anew from the next rollout on, by the game’s own weight where none is given', () => {
    const script = new Script();
    const outcome = {
      rewardTerms: [
        [1, 1],
        [1, 1],
      ],
    };
    script.decide();
    script.actor.adopt(snapshotOf(1), { ...settings, rewardWeights: { goal: 3 } });
    expect([...script.fill(outcome).rollout.rewards]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    // The decision that handed the rollout over had begun the next one under the new weights: 3 − 0.5.
    expect([...script.fill(outcome).rollout.rewards]).toEqual([2.5, 2.5, 2.5, 2.5, 2.5, 2.5]);
  });

  it('leave episodes out that were running when rewards were weighed anew, whose returns would be sums of both', () => {
    const script = new Script({ normaliseRewards: true, discount: 0.5 });
    const rewardTerms = [
      [1, 0],
      [1, 0],
    ];
    script.decide();
    script.actor.adopt(snapshotOf(1), {
      ...settings,
      normaliseRewards: true,
      discount: 0.5,
      rewardWeights: { goal: 10 },
    });
    const old = script.fill({ rewardTerms });
    expect(old.rewardWeights).toEqual([1, -0.5]);
    script.decide({ rewardTerms, terminated: [1, 0] });
    expect(script.actor.endedEpisodes).toEqual([]);
    script.decide({ rewardTerms, terminated: [1, 0] });
    const { full } = script.decide({ rewardTerms, terminated: [1, 1] });
    expect(full?.rewardWeights).toEqual([10, -0.5]);
    expect(full?.episodes.map((episode) => [episode.arena, episode.return])).toEqual([
      [0, 10],
      [0, 10],
    ]);
    const reference = RunningStatistics.empty(1);
    for (const discountedReturns of [
      [10, 10],
      [10, 15],
      [10, 17.5],
    ]) {
      reference.update(discountedReturns, 2);
    }
    expect(full?.normalisation.rewards).toEqual(reference.save());
  });

  it('change the rollout’s length from the next rollout on', () => {
    const script = new Script();
    script.decide();
    script.actor.adopt(snapshotOf(1), { ...settings, rolloutLength: 5 });
    expect(script.fill().rollout.shape.steps).toBe(3);
    expect(script.fill().rollout.shape.steps).toBe(5);
  });

  it('that turn observation normalisation on hold for the next rollout’s very first row', () => {
    const script = new Script();
    script.decide();
    script.actor.adopt(snapshotOf(1), { ...settings, normaliseObservations: true });
    expect(script.fill().normalisation.observations).toBeNull();
    const { rollout, normalisation } = script.fill();
    // Two arenas, normalised by their own mean: the first row’s components are opposite.
    expect(rollout.observations[0]! + rollout.observations[2]!).toBeCloseTo(0, 3);
    expect(normalisation.observations?.count).toBeCloseTo(8, 3);
  });
});

describe('normalisation', () => {
  it('counts every present observation once and no final one, and stores rows as the policy saw them', () => {
    const script = new Script({ normaliseObservations: true });
    const reference = new RunningStatistics(2);
    const rows: number[] = [];
    let full: FullRollout | null = null;
    while (!full) {
      const outcome = {
        truncated: [1, 0],
        finalObservations: [
          [500, 500],
          [0, 0],
        ],
      };
      const decided = script.decide(outcome);
      full = decided.full;
      reference.update(decided.batch.observations, 2);
      decided.batch.observations.forEach((x, i) => {
        const { mean, variance } = reference;
        rows.push((x - mean[i % 2]!) / Math.sqrt(variance[i % 2]! + 1e-8));
      });
    }
    // What it adds is known apart from the prior that it began from.
    expect(full.normalisation.observations?.count).toBe(8);
    const merged = mergedNormalisation({ observations: null, rewards: null }, [full.normalisation]);
    expect(merged.observations?.mean[0]).toBeCloseTo(reference.mean[0]!, 12);
    full.rollout.observations.forEach((x, i) => {
      expect(x).toBeCloseTo(rows[i]!, 5);
    });
    // The final observation lies far out, so it is clipped to 10 before it is valued.
    expect(full.rollout.finalValues[0]).toBe(criticValue(snapshotOf(1), [10, 10]));
  });

  it('counts what the learner saw, and nothing that a person or a frozen policy did', () => {
    const script = new Script({ normaliseObservations: true });
    const reference = RunningStatistics.empty(2);
    const { cast, person, frozen } = controllers;
    let full: FullRollout | null = null;
    for (const others of [cast, person, frozen, person]) {
      const decided = script.decide({ controllers: [others, cast] });
      full = decided.full;
      const rows = others === cast ? 2 : 1;
      reference.update(decided.batch.observations.subarray(4 - 2 * rows), rows);
    }
    expect(full?.normalisation.observations).toEqual(reference.save());
  });

  it('scales stored rewards, and goes on from saved statistics', () => {
    const saved = { observations: null, rewards: { count: 1e9, mean: [0], variance: [4] } };
    const withRewards = { ...settings, normaliseRewards: true };
    const script = new Script();
    const actor = new Actor({
      spec,
      hyperparameters: withRewards,
      snapshot: snapshotOf(1),
      normalisation: saved,
      decisions: 100,
    });
    const rewardTerms = [
      [1, 0],
      [3, 0],
    ];
    let full: FullRollout | null = null;
    while (!full) {
      const batch = script.batch({ rewardTerms });
      full = actor.observe(batch, 0);
      actor.act(batch);
    }
    expect(full.rollout.rewards[0]).toBeCloseTo(0.5, 5);
    expect(full.rollout.rewards[1]).toBeCloseTo(1.5, 5);
    expect(full.counters.decisions).toBe(106);
  });
});

describe('back-pressure', () => {
  it('goes on unrecorded, and counts it, while both rollouts are out', () => {
    const script = new Script();
    const first = script.fill();
    const second = script.fill();
    const starved = script.decide();
    expect(starved.batch.buffersFull).toBe(true);
    // The decision that handed the second rollout over was unrecorded too, and one arena of the next is a person’s.
    script.decide({ controllers: [controllers.person, controllers.cast] });
    script.actor.takeBack(first.rollout.buffer);
    expect(script.decide().batch.buffersFull).toBe(false);
    script.actor.takeBack(second.rollout.buffer);
    const third = script.fill();
    expect(third.counters).toMatchObject({ unrecordedDecisions: 5, decisions: 18 });
    expect(script.fill().counters).toMatchObject({ unrecordedDecisions: 0, decisions: 24 });
  });

  it('never hides an episode’s steps from its return', () => {
    const script = new Script();
    const outcome = {
      rewardTerms: [
        [1, 0],
        [1, 0],
      ],
    };
    const first = script.fill(outcome);
    script.fill(outcome);
    script.decide(outcome);
    script.actor.takeBack(first.rollout.buffer);
    script.decide(outcome);
    script.decide({ ...outcome, terminated: [1, 0] });
    expect(script.actor.endedEpisodes).toEqual([{ arena: 0, return: 9, length: 9, truncated: false }]);
  });
});

describe('counters', () => {
  it('tell which decisions were taken during an update, and how long collecting took', () => {
    const script = new Script();
    script.decide({ nowMs: 100 });
    script.actor.setUpdating(true);
    script.decide({ nowMs: 120 });
    script.actor.setUpdating(false);
    script.decide({ nowMs: 140 });
    const { full } = script.decide({ nowMs: 175 });
    expect(full?.counters).toEqual({
      decisions: 6,
      decisionsDuringUpdate: 2,
      unrecordedDecisions: 0,
      collectMs: 75,
    });
    expect(script.fill().counters.decisionsDuringUpdate).toBe(0);
  });
});

describe('statistics that are shared with other actors', () => {
  const none = { observations: null, rewards: null };
  const others = { count: 50, mean: [3, -3], variance: [4, 9] };

  it('are the learner’s merged ones and what was counted here since, and only the latter is handed over', () => {
    const script = new Script({ normaliseObservations: true });
    const first = script.fill().normalisation;
    const second = script.fill().normalisation;
    // One decision more, then the answer to the first.
    const since = script.decide().batch.observations;
    const merged = mergedNormalisation(none, [first, { ...none, observations: others }]);
    script.actor.adopt(snapshotOf(2), { ...settings, normaliseObservations: true }, merged);
    const all = RunningStatistics.from(merged.observations!);
    all.merge(second.observations!);
    all.update(since, 2);
    const { batch } = script.decide();
    all.update(batch.observations, 2);
    const normalised = [0, 1].map(
      (i) => (batch.observations[i]! - all.mean[i]!) / Math.sqrt(all.variance[i]!),
    );
    expect(batch.values[0]).toBeCloseTo(criticValue(snapshotOf(2), normalised), 4);
    // Four decisions filled the first rollout; three more each of the others.
    expect([first, second].map(({ observations }) => observations?.count)).toEqual([8, 6]);
    // Two decisions waited for memory, four more fill the third.
    script.actor.takeBack(new ArrayBuffer(0));
    expect(script.fill().normalisation.observations?.count).toBe(12);
  });

  it('change nothing where normalisation is off', () => {
    const script = new Script();
    script.actor.adopt(snapshotOf(2), settings, { ...none, observations: others });
    const { batch } = script.decide({ observations: [[1, 2]] });
    expect(batch.values[0]).toBe(criticValue(snapshotOf(2), [1, 2]));
  });

  it('reach an actor that records nothing, together with the switch', () => {
    const script = new Script();
    script.actor.setRecording(false);
    const normalising = { ...settings, normaliseObservations: true };
    script.actor.adopt(snapshotOf(2), normalising, { ...none, observations: others });
    script.decide();
    const { batch } = script.decide({ observations: [[5, 3]] });
    // (5 − 3) / 2 and (3 + 3) / 3, and nothing was counted.
    expect(batch.values[0]).toBeCloseTo(criticValue(snapshotOf(2), [1, 2]), 5);
  });
});

describe('learning off', () => {
  it('records nothing, keeps statistics as they are, and does not slow the game', () => {
    const script = new Script({ normaliseObservations: true });
    script.decide();
    script.actor.setRecording(false);
    for (let decision = 0; decision < 20; decision++) {
      const { batch, full } = script.decide({ terminated: [1, 1] });
      expect(full).toBeNull();
      expect(batch.buffersFull).toBe(false);
      expect(script.actor.endedEpisodes).toEqual([]);
    }
    script.actor.setRecording(true);
    const { normalisation, counters } = script.fill();
    // One decision before, four after; two arenas.
    expect(normalisation.observations?.count).toBeCloseTo(10, 3);
    expect(counters).toMatchObject({ decisions: 6, unrecordedDecisions: 0 });
  });
});

describe('dropping a rollout', () => {
  it('begins it anew, forgets the decision under way and leaves out running episodes', () => {
    const script = new Script();
    script.decide({ observations: [[9, 9]] });
    script.decide();
    script.actor.dropRollout();
    script.number = 0;
    const { full } = script.decide({ terminated: [0, 1] });
    expect(full).toBeNull();
    script.decide();
    script.decide({ terminated: [1, 1] });
    // Arena 0 was in mid-episode when the rollout was dropped; arena 1 began a new one after it.
    expect(script.actor.endedEpisodes.map(({ arena, length }) => [arena, length])).toEqual([[1, 2]]);
    const { rollout } = script.fill();
    expect(rollout.observations).not.toContain(9);
  });

  it('counts neither the forgotten outcome nor what went before it in the running discounted returns', () => {
    const script = new Script({ normaliseRewards: true, discount: 0.5, rolloutLength: 2 });
    const paying = (amount: number) => ({
      rewardTerms: [
        [amount, 0],
        [amount, 0],
      ],
    });
    script.decide();
    script.decide(paying(8));
    script.actor.dropRollout();
    script.decide(paying(1000));
    script.decide(paying(2));
    const { full } = script.decide(paying(2));
    const reference = RunningStatistics.empty(1);
    for (const discountedReturn of [8, 2, 2 + 0.5 * 2]) {
      reference.update([discountedReturn, discountedReturn], 2);
    }
    expect(full?.normalisation.rewards).toEqual(reference.save());
  });

  it('counts none of its decisions', () => {
    const counted = (script: Script) => Array.from({ length: 6 }, () => script.decide().batch.decisions);
    const dropping = new Script();
    dropping.decide();
    dropping.decide();
    dropping.actor.dropRollout();
    dropping.number = 0;
    const counts = counted(dropping);
    expect(counts).toEqual(counted(new Script()));
    expect(counts.at(-1)).toBeGreaterThan(0);
  });

  it('gives its memory back', () => {
    const script = new Script();
    for (let time = 0; time < 5; time++) {
      script.decide();
      script.actor.dropRollout();
    }
    expect(script.decide().batch.buffersFull).toBe(false);
  });
});

describe('a batch is refused with a sentence', () => {
  const expectRefusal = (act: () => void, sentence: RegExp) => {
    expect(act).toThrow(PlaytrainError);
    expect(act).toThrow(sentence);
  };

  it('when it is not the next one, or its turn has not come', () => {
    const script = new Script();
    const first = script.batch();
    expectRefusal(() => script.actor.act(first), /to be answered before it was observed/);
    script.actor.observe(first, 0);
    expectRefusal(() => script.actor.observe(first, 0), /observed before the one before it was answered/);
    script.actor.act(first);
    script.number++;
    const late = script.batch();
    expectRefusal(() => script.actor.observe(late, 0), /Decision 2 arrived where 1 was due/);
  });

  it('when it has another number of arenas', () => {
    const batch = new DecisionBatch(decisionShape(spec, 3));
    expectRefusal(() => new Script().actor.observe(batch, 0), /3 agents came to an actor made for 2/);
  });

  it('when it holds numbers that are not finite, by arena and component; mended, it goes on', () => {
    const script = new Script({ normaliseObservations: true });
    script.decide();
    const batch = script.batch({ terminated: [1, 0] });
    const breaks: [Float32Array, number, RegExp][] = [
      [batch.observations, 3, /Agent 1 gave NaN as observation component 1 \(v\)/],
      [batch.finalObservations, 0, /Agent 0 gave NaN as component 0 \(x\) of the final observation/],
      [batch.rewardTerms, 1, /Agent 0 gave NaN as reward term “effort”/],
    ];
    for (const [numbers, index, sentence] of breaks) {
      const kept = numbers[index]!;
      numbers[index] = Number.NaN;
      expectRefusal(() => script.actor.observe(batch, 0), sentence);
      numbers[index] = kept;
    }
    // A final observation where nothing ended means nothing.
    batch.finalObservations[3] = Number.NaN;
    script.actor.observe(batch, 0);
    script.actor.act(batch);
    expect(script.fill().normalisation.observations?.count).toBeCloseTo(8, 3);
  });
});

describe('an answer that failed', () => {
  it('leaves nothing behind: asked for again under sound weights, it is what it would have been', () => {
    const duel: EnvironmentSpec = { ...spec, seats: 2, winTerm: 'goal' };
    const past = { ...snapshotOf(5), observations: null };
    const broken = { version: 1, parameters: snapshotOf(1).parameters.map(() => Number.NaN) };
    const begun = (snapshot: SnapshotData) => {
      const hyperparameters = { ...settings, selfShare: 0, pastShare: 1, scriptedShare: 0 };
      const opponents = { past: [past], scripted: [] };
      const actor = new Actor({ spec: duel, hyperparameters, snapshot, opponents });
      const batch = new DecisionBatch(decisionShape(duel, 2));
      for (let i = 0; i < batch.observations.length; i++) batch.observations[i] = i - 3;
      actor.observe(batch, 0);
      return { actor, batch };
    };
    const sound = begun(snapshotOf(1));
    sound.actor.act(sound.batch);
    const failing = begun(broken);
    for (let time = 0; time < 5; time++) {
      expect(() => failing.actor.act(failing.batch)).toThrow('are not numbers');
    }
    failing.actor.adopt(snapshotOf(1), settings);
    failing.actor.act(failing.batch);
    expect(failing.batch.actions).toEqual(sound.batch.actions);
    failing.batch.number = 1;
    expect(failing.actor.observe(failing.batch, 0)).toBeNull();
  });
});

describe('the same seed', () => {
  it('gives the same actions, another seed others, and arenas differ', () => {
    const actionsOf = (seed: number) => {
      const script = new Script({ seed, rolloutLength: 30 });
      return script.fill().rollout.actions;
    };
    expect(actionsOf(1)).toEqual(actionsOf(1));
    expect(actionsOf(1)).not.toEqual(actionsOf(2));
    const sameObservations = new Script({ rolloutLength: 40 }).fill({
      observations: [
        [0, 0],
        [0, 0],
      ],
    }).rollout.actions;
    const arena = (which: number) => sameObservations.filter((_, cell) => cell % 2 === which);
    expect(arena(0)).not.toEqual(arena(1));
  });
});

describe('acting and learning', () => {
  const continuous: EnvironmentSpec = {
    ...spec,
    actionSpace: { kind: 'continuous', size: 1, names: ['force'], low: [-1], high: [1] },
  };

  it('use the same arithmetic where neither is told which, however far means lie from their deviations', async () => {
    const hyperparameters = {
      ...settings,
      rolloutLength: 64,
      minibatchSize: 64,
      hiddenSizes: [64, 64],
      epochs: 1,
    };
    const options = { spec: continuous, hyperparameters, clock: () => 0, breathe: async () => {} };
    const state = Learner.create(options).trainingState();
    const layout = policyLayout(continuous, hyperparameters);
    const { parameters } = state;
    const block = (name: string) => layout.blocks.find((each) => each.name === name)!; // a Gaussian policy has both
    const [head, logStd] = [block('actor.head.kernel'), block('actor.logStd')];
    for (let i = head.offset; i < head.offset + head.size; i++) parameters[i] = 5_000 * parameters[i]!;
    parameters[logStd.offset] = -4;
    const learner = Learner.create({ ...options, state });

    const actor = new Actor({ spec: continuous, hyperparameters, snapshot: learner.snapshot() });
    const random = SeededRandom.fromSeed(3);
    const batch = new DecisionBatch(decisionShape(continuous, 2));
    let full: FullRollout | null = null;
    for (batch.number = 0; full === null; batch.number += 1) {
      for (let i = 0; i < batch.observations.length; i++) batch.observations[i] = 10 * random.normal();
      full = actor.observe(batch, 0);
      actor.act(batch);
    }
    // Deviations of 0.02 around means in the tens: in other arithmetic, ratios are off by more than 1e-3.
    expect(Math.max(...full.rollout.actions)).toBeGreaterThan(10);
    const { metrics } = await learner.update(full);
    expect(metrics.firstRatioDeviation).toBeLessThan(1e-5);
    learner.dispose();
  });
});
