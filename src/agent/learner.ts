import {
  type CapturedUpdate,
  createRollout,
  type EnvironmentSpec,
  type Hyperparameters,
  hyperparameterProblems,
  type NormalisationData,
  PlaytrainError,
  type Policy,
  problemMessage,
  rolloutShape,
  type SettingChange,
  type SnapshotData,
  seatsOf,
  settingChanges,
  type TrainingState,
  type UpdateMetrics,
} from '../contract';
import { captureUpdate } from './captured-update';
import { computeUpdate } from './computed-update';
import { summaryOf } from './episode-summary';
import { firstTrainingState } from './first-state';
import type { FullRollout } from './full-rollout';
import { hostBackend } from './host-backend';
import { type Memory, memoryAfter, memoryOf } from './memory';
import { type MinibatchTrainer, takeStep } from './minibatch-trainer';
import { PlayedEpisodes } from './played-episodes';
import { boundParameters, type PolicyLayout, policyLayout, refuseOtherNet } from './policy';
import { trainingBatch } from './training-batch';
import { hostBackends, type UpdateBackend } from './update-backend';
import { updateMetrics } from './update-metrics';

/** What a learner is made from. */
export interface LearnerOptions {
  readonly spec: EnvironmentSpec;
  /** In force at the first update; with `state`, its hidden sizes and activation must be the state's. */
  readonly hyperparameters: Hyperparameters;
  /** Where to go on; without it, a new policy is drawn from the seed. */
  readonly state?: TrainingState;
  /** Wall time in milliseconds, from any start; only measures. */
  readonly clock: () => number;
  /** Awaited after each minibatch, or part of a long one, so that the thread's other messages get in and the device can catch up. */
  readonly breathe: (trainer: MinibatchTrainer) => Promise<void>;
  /** What updates are computed with; unless told, the fastest that needs no graphics processor. */
  readonly backend?: UpdateBackend;
}

/** What an update hands back. */
export interface LearnerUpdate {
  readonly snapshot: SnapshotData;
  /** With every rollout's samples merged. */
  readonly normalisation: NormalisationData;
  /** The policy that joins the opponents with this update; null where none does. */
  readonly addedPast: Policy | null;
  readonly metrics: UpdateMetrics;
  /** In force during the update. */
  readonly hyperparameters: Hyperparameters;
  /** The settings that took hold with it. */
  readonly changed: readonly SettingChange[];
  /**
   * The mean return that this policy may be compared by; null until every arena has finished an episode since the
   * learner was made, or since settings or the reward's weights changed.
   */
  readonly judgedReturn: number | null;
  /** Whether the rollout is the first under other reward weights: returns cannot be compared with those before. */
  readonly rewardsChanged: boolean;
  /** Copies of what it learned from and made of it; null unless somebody asked. */
  readonly captured: CapturedUpdate | null;
}

/**
 * Learns from full rollouts, one update at a time.
 *
 * Plain copies of weights and optimiser are kept after each update, so that nothing is ever read from the GPU outside
 * an update, and an update that fails leaves the learner as it was before.
 */
export class Learner {
  private readonly spec: EnvironmentSpec;
  private readonly layout: PolicyLayout;
  private readonly clock: () => number;
  private readonly breathe: (trainer: MinibatchTrainer) => Promise<void>;
  private backend: UpdateBackend;
  private inForce: Hyperparameters;
  private next: Hyperparameters;
  private memory: Memory;
  private episodes: PlayedEpisodes;
  private trainer: MinibatchTrainer;
  private busy = false;
  /** The agent whose part in the next update is asked for. */
  private inspected: number | null = null;
  private lastUpdateEndMs: number | null = null;

  private constructor(options: LearnerOptions, layout: PolicyLayout, memory: Memory) {
    this.spec = options.spec;
    this.layout = layout;
    this.clock = options.clock;
    this.breathe = options.breathe;
    this.backend = options.backend ?? hostBackends[hostBackend()];
    this.inForce = options.hyperparameters;
    this.next = options.hyperparameters;
    this.memory = memory;
    this.episodes = PlayedEpisodes.begin(options.hyperparameters.arenas, memory.recentEpisodes);
    this.trainer = this.backend.createTrainer(layout, memory);
  }

  /**
   * A learner that begins anew, or goes on.
   *
   * @throws PlaytrainError `bad-settings` for settings that cannot work, or that do not fit the state's weights.
   */
  static create(options: LearnerOptions): Learner {
    refuseProblems(options.hyperparameters);
    const layout = policyLayout(options.spec, options.hyperparameters);
    const { spec, hyperparameters, state } = options;
    if (state !== undefined) refuseOtherNet(layout, state);
    const memory = memoryOf(state ?? firstTrainingState(spec, hyperparameters));
    boundParameters(layout, memory.parameters);
    return new Learner(options, layout, memory);
  }

  /**
   * Takes two steps on throw-away weights and a made-up rollout of the real shapes, so that shaders are compiled before
   * the first update. Leaves no tensors and does not touch what is learned.
   */
  async warmUp(): Promise<void> {
    const { minibatchSize } = this.inForce;
    const rollout = createRollout(rolloutShape(this.spec, this.inForce));
    rollout.valid.fill(1);
    rollout.masks.fill(1);
    const trainer = this.backend.createTrainer(this.layout, this.memory);
    try {
      const batch = trainingBatch([rollout], 0, this.inForce);
      const plan = { ...this.inForce, epochs: 1, minibatchSize };
      // Never taken, but compiled: an update may stop early once a person sets a target.
      const settings = { ...plan, largestKl: Number.MAX_VALUE };
      const rows = Int32Array.from({ length: Math.min(minibatchSize, batch.size) }, (_, row) => row);
      trainer.begin({ batch, minibatches: [rows, rows], settings });
      for (let step = 0; step < 2; step++) takeStep(trainer);
      await trainer.hasStopped();
      await trainer.finish();
    } finally {
      trainer.dispose();
    }
  }

  /** The present policy: version 0 before the first update. A copy. */
  snapshot(): SnapshotData {
    return { version: this.memory.version, parameters: this.memory.parameters.slice() };
  }

  /**
   * Takes up settings at the next update.
   *
   * @throws PlaytrainError `bad-settings` for settings that cannot work, or that need another network; those in force
   * stay so.
   */
  setHyperparameters(next: Hyperparameters): void {
    refuseProblems(next);
    const { hiddenSizes, activation } = this.layout;
    if (next.activation !== activation || next.hiddenSizes.join() !== hiddenSizes.join()) {
      throw new PlaytrainError(
        'bad-settings',
        `This run’s network has hidden layers ${hiddenSizes.join(', ')} with ${activation}; restart the run to change them.`,
      );
    }
    this.next = next;
  }

  /**
   * One PPO update: advantages, all epochs and minibatches, the next snapshot. Several rollouts, filled side by side
   * over the same number of steps, are learned from as one.
   *
   * A rollout with fewer of the learner's own steps than one minibatch is one minibatch; with next to none, the same
   * weights are published under the next version, and losses are NaN, since there are none.
   *
   * @throws PlaytrainError `not-finite`, `inconsistent-update` or `context-lost`; the learner is then as it was before.
   */
  async update(...parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    this.refuseWhileBusy();
    this.busy = true;
    try {
      return await this.attemptUpdate(parts);
    } catch (error) {
      this.replaceTrainer();
      throw error;
    } finally {
      this.busy = false;
    }
  }

  private async attemptUpdate(parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    const startMs = this.clock();
    const { spec, layout, trainer, breathe, memory: before } = this;
    const settings = this.next;
    const computed = await computeUpdate({ spec, layout, settings, before, trainer, breathe }, parts);
    const { notes } = computed;
    const changed = settingChanges(this.inForce, settings);
    const { episodes, newWeights } = this.episodes.after({
      parts,
      notes,
      weightsBefore: before.rewardsSince.weights,
      // A wish for other reward weights is heard by the rollouts first.
      settingsChanged: changed.some(({ key }) => key !== 'rewardWeights'),
      arenas: settings.arenas,
    });
    const outcome = { computed, episodes, newWeights, settings, seats: seatsOf(spec) };
    const { memory: after, addedPast } = memoryAfter(before, outcome);
    this.memory = after;
    this.inForce = settings;
    this.episodes = episodes;
    const agent = this.inspected;
    this.inspected = null;
    const captured =
      agent === null ? null : captureUpdate({ layout, parts, computed, settings, before, after, agent });

    const endMs = this.clock();
    const beganMs = this.lastUpdateEndMs ?? startMs - notes.counters.collectMs;
    this.lastUpdateEndMs = endMs;
    const times = { updateMs: endMs - startMs, elapsedMs: endMs - beganMs };
    const held = this.backend.memory();
    const { comparable } = episodes;
    return {
      snapshot: this.snapshot(),
      normalisation: after.normalisation,
      addedPast,
      metrics: updateMetrics({ layout, parts, computed, before, after, ...times, held }),
      hyperparameters: settings,
      changed,
      judgedReturn: comparable === null ? null : (summaryOf(comparable)?.meanReturn ?? null),
      rewardsChanged: newWeights !== null,
      captured,
    };
  }

  /** The next update that succeeds comes with copies of what it learned from, an agent’s in detail. */
  captureNext(agent: number): void {
    this.inspected = agent;
  }

  /** That of the present snapshot; counts updates. */
  get version(): number {
    return this.memory.version;
  }

  /** What the last update has come to, without a copy of its weights. */
  get progress(): Pick<TrainingState, 'version' | 'decisions'> {
    return this.memory;
  }

  /** All that is needed to go on later, from the copies kept after the last update. */
  trainingState(): TrainingState {
    return { spec: this.spec, hyperparameters: this.inForce, ...memoryOf(this.memory) };
  }

  /** Computes updates elsewhere from now on. Not while an update is under way. */
  useBackend(backend: UpdateBackend): void {
    this.refuseWhileBusy();
    this.backend = backend;
    this.replaceTrainer();
  }

  /** Gives the backend's memory back. The learner is not usable afterwards. */
  dispose(): void {
    this.trainer.dispose();
  }

  /** One that goes on from the weights after the last update takes the present one's place. */
  private replaceTrainer(): void {
    const next = this.backend.createTrainer(this.layout, this.memory);
    this.trainer.dispose();
    this.trainer = next;
  }

  private refuseWhileBusy(): void {
    if (this.busy) throw new Error('An update is under way; wait for it to end first.');
  }
}

function refuseProblems(settings: Hyperparameters): void {
  const problems = hyperparameterProblems(settings);
  if (problems.length > 0)
    throw new PlaytrainError(
      'bad-settings',
      `Settings cannot work: ${problems.map(problemMessage).join('; ')}.`,
    );
}
