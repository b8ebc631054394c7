import { describe, expect, it } from 'vitest';
import {
  type DecisionOutcome,
  type EnvironmentSpec,
  type EpisodeRecord,
  type Hyperparameters,
  type SnapshotData,
  sb3Hyperparameters,
  type UpdateMetrics,
  type VectorEnvironment,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { Actor } from './actor';
import type { FullRollout } from './full-rollout';
import { trainLockstep } from './lockstep';
import { initialiseParameters, policyLayout } from './policy';

const spec: EnvironmentSpec = {
  game: 'count',
  observationSpace: { size: 1, names: ['ticks'], low: [0], high: [1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['a', 'b'] },
  rewardTerms: [{ name: 'time', description: 'One a tick.', defaultWeight: 1 }],
  tickMs: 20,
  timeLimitTicks: 10,
};
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 2,
  rolloutLength: 4,
  minibatchSize: 4,
  hiddenSizes: [4],
};

/** Two arenas that only count ticks: 1 reward a tick, truncated every 10. Notes what it is asked. */
class CountingEnvironment implements VectorEnvironment {
  readonly spec = spec;
  readonly arenas = 2;
  readonly agents = 2;
  readonly stateSize = 1;
  readonly states = new Float64Array(2);
  readonly previousStates = new Float64Array(2);
  readonly actions = new Float32Array(2);
  readonly episodeTicks = new Int32Array(2);
  readonly episodeRewardTerms = new Float64Array(2);
  readonly lastRewardTerms = new Float64Array(2);
  readonly calls: string[] = [];
  private rewards = 0;
  private truncated = 0;

  tick(): void {
    this.calls.push('tick');
    if (this.truncated) return;
    this.rewards++;
    this.episodeTicks.fill(this.episodeTicks[0]! + 1);
    if (this.episodeTicks[0] === 10) {
      this.truncated = 1;
      this.episodeTicks.fill(0);
    }
  }
  takeDecision(into: DecisionOutcome): void {
    this.calls.push('take');
    into.observations.fill(this.episodeTicks[0]! / 10);
    into.finalObservations.fill(1);
    into.rewardTerms.fill(this.rewards);
    into.terminated.fill(0);
    into.truncated.fill(this.truncated);
    this.rewards = 0;
    this.truncated = 0;
  }
  applyActions(): void {
    this.calls.push('apply');
  }
  applyAction(): void {}
  takeEndings(): [] {
    return [];
  }
  takeFaults(): [] {
    return [];
  }
  restartArena(): never {
    throw new Error('not needed here');
  }
  save(): never {
    throw new Error('not needed here');
  }
  restore(): never {
    throw new Error('not needed here');
  }
  hash(): number {
    return 0;
  }
}

function snapshotOf(version: number): SnapshotData {
  const layout = policyLayout(spec, settings);
  return { version, parameters: initialiseParameters(layout, SeededRandom.fromSeed(version), 0) };
}

/** A learner that only publishes other weights. */
class StubLearner {
  readonly versions: number[][] = [];
  readonly lastRows: number[] = [];

  async update(full: FullRollout) {
    await Promise.resolve();
    this.versions.push([...full.rollout.versions]);
    this.lastRows.push(full.rollout.values.at(-1)!);
    const version = this.versions.length + 1;
    const metrics = { version } as UpdateMetrics;
    const normalisation = { observations: null, rewards: null };
    return { snapshot: snapshotOf(version), metrics, hyperparameters: settings, normalisation };
  }
}

async function train(changes: Partial<Parameters<typeof trainLockstep>[0]> = {}) {
  const environment = new CountingEnvironment();
  const learner = new StubLearner();
  const episodes: [EpisodeRecord, number][] = [];
  const actor = new Actor({ spec, hyperparameters: settings, snapshot: snapshotOf(1) });
  const result = await trainLockstep({
    environment,
    actor,
    learner,
    decisionIntervalTicks: 3,
    maxDecisions: 24,
    clock: () => 0,
    onEpisode: (episode, decisions) => episodes.push([episode, decisions]),
    ...changes,
  });
  return { environment, learner, episodes, result };
}

describe('trainLockstep', () => {
  it('acts by the new policy from the very next decision on, so that a rollout is of one version', async () => {
    const { learner, result } = await train();
    expect(learner.versions).toEqual([
      [1, 1, 1, 1],
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
    expect(result).toEqual({ decisions: 24, updates: 3, stopped: false });
  });

  it('waits for every action before the ticks that it is for', async () => {
    const { environment } = await train({ maxDecisions: 4 });
    const decision = ['take', 'apply', 'tick', 'tick', 'tick'];
    expect(environment.calls).toEqual([...decision, ...decision, 'take']);
  });

  it('tells of episodes as they end, with the decisions taken until then', async () => {
    const { episodes } = await train();
    // 10 ticks are 4 decisions of 3; both arenas end in the same one, after 8 decisions in all.
    expect(episodes.slice(0, 2)).toEqual([
      [{ arena: 0, return: 10, length: 4, truncated: true }, 8],
      [{ arena: 1, return: 10, length: 4, truncated: true }, 8],
    ]);
    expect(episodes).toHaveLength(6);
  });

  it('stops when asked', async () => {
    let asked = 0;
    const { result } = await train({ shouldStop: () => ++asked > 3 });
    expect(result).toEqual({ decisions: 6, updates: 0, stopped: true });
  });

  it('twice with the same seed is the same run', async () => {
    const [first, second] = [await train(), await train()];
    expect(first.learner.lastRows).toEqual(second.learner.lastRows);
    expect(first.learner.lastRows).toHaveLength(3);
  });
});
