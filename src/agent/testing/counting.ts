import type {
  DecisionOutcome,
  EnvironmentSpec,
  Hyperparameters,
  SnapshotData,
  UpdateMetrics,
  VectorEnvironment,
} from '../../contract';
import { sb3Hyperparameters } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import type { FullRollout } from '../full-rollout';
import { initialiseParameters, policyLayout } from '../policy';

export const spec: EnvironmentSpec = {
  game: 'count',
  observationSpace: { size: 1, names: ['ticks'], low: [0], high: [1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['a', 'b'] },
  rewardTerms: [{ name: 'time', description: 'One a tick.', defaultWeight: 1 }],
  tickMs: 20,
  timeLimitTicks: 10,
};
export const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 2,
  rolloutLength: 4,
  minibatchSize: 4,
  hiddenSizes: [4],
};

/** Two arenas that only count ticks: 1 reward a tick, truncated every 10. Notes what it is asked. */
export class CountingEnvironment implements VectorEnvironment {
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

export function snapshotOf(version: number): SnapshotData {
  const layout = policyLayout(spec, settings);
  return { version, parameters: initialiseParameters(layout, SeededRandom.fromSeed(version), 0) };
}

/** A learner that only publishes other weights. */
export class StubLearner {
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
