import {
  type ActingBackend,
  actionSize,
  controllers,
  type DecisionBatch,
  type EnvironmentSpec,
  type EpisodeRecord,
  type Hyperparameters,
  maskSize,
  type NormalisationData,
  PlaytrainError,
  policyOutputSize,
  type Rollout,
  type RolloutCounters,
  type RolloutShape,
  type RunningStatisticsData,
  type SnapshotData,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { type ActionDistribution, createDistribution } from './distributions';
import { EpisodeTracker } from './episode-tracker';
import { refuseNotFinite } from './finite-decision';
import { ObservationNormaliser, RewardNormaliser } from './normalisation';
import { type PolicyLayout, policyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import { RolloutBuffers } from './rollout-buffer';
import { createSnapshot } from './snapshot';

/** A filled rollout and what was noted while it filled: everything a learner needs for one update. */
export interface FullRollout {
  readonly rollout: Rollout;
  /** Episodes that ended since the last rollout, in order. */
  readonly episodes: readonly EpisodeRecord[];
  readonly counters: RolloutCounters;
  /** Of the samples counted since the last rollout alone: what this one adds to the run's statistics. */
  readonly normalisation: NormalisationData;
  /** Where a collector filled it. */
  readonly collected?: CollectedNotes;
}

/** What it takes to join a collector's rollout with those of others. */
export interface CollectedNotes {
  /** Which of the run's arenas its first is. */
  readonly firstArena: number;
  /** The step of the rollout in which each of its episodes ended. */
  readonly episodeSteps: readonly number[];
}

/** Keeps the arenas' action generators apart from those of the simulations, which begin at the same seed. */
const actionSeedOffset = 1_000_003;

/**
 * Chooses actions for all arenas from a policy snapshot and writes what came of them into rollouts.
 *
 * Every decision is two calls with the same batch: `observe` closes the decision under way with the outcome the batch
 * brings, then `act` answers its observations. The actor keeps no view of the batch, whose memory may be transferred
 * away between two decisions.
 *
 * Arenas, hidden sizes, activation and seed are those given at construction.
 */
export class Actor {
  private readonly spec: EnvironmentSpec;
  private readonly arenas: number;
  private readonly layout: PolicyLayout;
  private readonly acting: ActingBackend;
  private readonly distribution: ActionDistribution;
  /** One an arena, so that who acts in one never changes what is drawn in another. */
  private readonly randoms: readonly SeededRandom[];
  private readonly buffers: RolloutBuffers;

  private snapshot: PolicySnapshot;
  private frozen: PolicySnapshot | null = null;
  /** Its statistics never change. */
  private frozenNormaliser: ObservationNormaliser | null = null;
  /** In force for the rollout that is filling, and those that wait for the next. */
  private settings: Hyperparameters;
  private nextSettings: Hyperparameters;
  private rewardWeights: Float64Array; // [terms]
  private observationNormaliser: ObservationNormaliser | null;
  private rewardNormaliser: RewardNormaliser | null;
  /** Of everybody's samples, as the learner last told. */
  private mergedStatistics: NormalisationData;
  /** What was handed over and is not among them yet, oldest first. */
  private readonly unmergedStatistics: NormalisationData[] = [];

  private recording = true;
  private updating = false;
  private rollout: Rollout | null = null;
  /** Steps of `rollout` that are closed. */
  private step = 0;
  private expectedNumber: number | null = null;
  private phase: 'observing' | 'acting' = 'observing';
  /** True while a decision's outcome is awaited. */
  private underWay = false;
  private underWayRecorded = false;

  private readonly underWayByLearner: Uint8Array; // [N]
  private readonly seenByLearner: Uint8Array; // [N]
  private readonly observations: Float32Array; // [N, obs], as the policy sees them
  private readonly finalObservations: Float32Array; // [N, obs], likewise
  private readonly frozenObservations: Float32Array; // [N, obs], as the frozen policy sees them
  private readonly outputs: Float32Array; // [N, out]
  private readonly frozenOutputs: Float32Array; // [N, out]
  private readonly unusedValues: Float32Array; // [N]
  private readonly rewards: Float64Array; // [N]
  private readonly ended: Uint8Array; // [N]

  private readonly episodes: EpisodeTracker;
  private decisionCount: number;
  private decisionsDuringUpdate = 0;
  private unrecordedDecisions = 0;
  private nowMs = 0;
  private rolloutStartMs = 0;

  /**
   * @param normalisation statistics to go on from, of a run that is resumed.
   * @param decisions how many the learner's policy had already taken in that run.
   * @param acting what policies are computed with.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit the settings; `backend-unavailable`
   * for `wasm` where the engine knows no WebAssembly SIMD.
   */
  constructor(
    spec: EnvironmentSpec,
    hyperparameters: Hyperparameters,
    snapshot: SnapshotData,
    normalisation: NormalisationData = { observations: null, rewards: null },
    decisions = 0,
    acting: ActingBackend = 'cpu',
  ) {
    const { arenas, seed } = hyperparameters;
    const observationSize = spec.observationSpace.size;
    const outputSize = policyOutputSize(spec.actionSpace);
    this.spec = spec;
    this.arenas = arenas;
    this.layout = policyLayout(spec, hyperparameters);
    this.acting = acting;
    this.distribution = createDistribution(spec.actionSpace);
    this.randoms = Array.from({ length: arenas }, (_, arena) =>
      SeededRandom.fromSeed(seed + actionSeedOffset + arena),
    );
    this.snapshot = createSnapshot(this.layout, snapshot, this.acting);
    this.settings = hyperparameters;
    this.nextSettings = hyperparameters;
    this.rewardWeights = rewardWeights(spec, hyperparameters);
    this.observationNormaliser = hyperparameters.normaliseObservations
      ? new ObservationNormaliser(arenas, observationSize, normalisation.observations)
      : null;
    this.rewardNormaliser = hyperparameters.normaliseRewards
      ? new RewardNormaliser(arenas, normalisation.rewards)
      : null;
    this.mergedStatistics = normalisation;
    this.buffers = new RolloutBuffers(this.rolloutShape(hyperparameters));
    this.underWayByLearner = new Uint8Array(arenas);
    this.seenByLearner = new Uint8Array(arenas);
    this.observations = new Float32Array(arenas * observationSize);
    this.frozenObservations = new Float32Array(arenas * observationSize);
    this.finalObservations = new Float32Array(arenas * observationSize);
    this.outputs = new Float32Array(arenas * outputSize);
    this.frozenOutputs = new Float32Array(arenas * outputSize);
    this.unusedValues = new Float32Array(arenas);
    this.rewards = new Float64Array(arenas);
    this.ended = new Uint8Array(arenas);
    this.episodes = new EpisodeTracker(arenas);
    this.decisionCount = decisions;
  }

  /** Decisions of the learner's policy that were recorded since the run began, those of a rollout under way included. */
  get decisions(): number {
    return this.decisionCount;
  }

  /** The learner's episodes that ended in the outcome last observed. */
  get endedEpisodes(): readonly EpisodeRecord[] {
    return this.episodes.latest;
  }

  /**
   * Closes the decision under way with the outcome that `batch` brings. Throws before it changes anything.
   *
   * @param nowMs wall time, milliseconds, from any start.
   * @returns the rollout that this filled, to be handed to the learner, or null. Its last row of values is the
   * present snapshot's, of the batch's observations.
   * @throws PlaytrainError `bad-environment` when the batch is not the next one, or holds numbers that are not finite.
   */
  observe(batch: DecisionBatch, nowMs: number): FullRollout | null {
    this.checkTurn(batch, 'observing');
    refuseNotFinite(this.spec, this.arenas, batch);
    this.nowMs = nowMs;
    this.phase = 'acting';
    for (let arena = 0; arena < this.arenas; arena++) {
      this.ended[arena] = batch.terminated[arena]! | batch.truncated[arena]!;
    }
    this.see(batch);
    if (!this.underWay) {
      this.episodes.skip(batch);
      return null;
    }
    this.underWay = false;
    this.weighRewards(batch);
    this.episodes.step(this.rewards, this.underWayByLearner, batch, this.recording);
    if (this.recording) {
      const { discount } = this.settings;
      this.rewardNormaliser?.normalise(this.rewards, this.underWayByLearner, this.ended, discount);
    }
    if (!this.underWayRecorded || !this.rollout) return null;
    this.closeStep(this.rollout, batch);
    return this.step === this.rollout.shape.steps ? this.handOver(this.rollout) : null;
  }

  /**
   * Chooses actions for the observations last observed: writes actions, log-probabilities, values, the policy's
   * version and whether the decision is recorded into `batch`, which must be the one observed.
   *
   * The learner's arenas act by sampling; frozen ones and a person's by the likeliest action, with log-probability 0.
   *
   * @param nowMs wall time, milliseconds; the time of the observation where the answer did not wait.
   * @throws PlaytrainError `bad-environment` when the batch was not observed first; `bad-actions` when a mask forbids
   * every choice; `not-finite` when the policy's outputs are not numbers.
   */
  act(batch: DecisionBatch, nowMs = this.nowMs): void {
    this.checkTurn(batch, 'acting');
    this.nowMs = nowMs;
    if (!this.recording) this.takeSettings(batch);
    else if (!this.rollout) this.beginRollout(batch);
    this.snapshot.forward(this.observations, this.arenas, this.outputs, batch.values);
    const anyFrozen = batch.controllers.includes(controllers.frozen);
    if (anyFrozen && this.frozen) {
      this.seeAsFrozen(batch);
      this.frozen.forward(this.frozenObservations, this.arenas, this.frozenOutputs, this.unusedValues);
    }
    let byLearner = 0;
    for (let arena = 0; arena < this.arenas; arena++) {
      const controller = batch.controllers[arena];
      const learner = controller === controllers.learner;
      this.underWayByLearner[arena] = learner ? 1 : 0;
      if (learner) byLearner++;
      const frozen = controller === controllers.frozen ? this.frozen : null;
      const outputs = frozen ? this.frozenOutputs : this.outputs;
      const { logStd } = frozen ?? this.snapshot;
      if (learner) {
        batch.logProbabilities[arena] = this.distribution.sample(
          outputs,
          arena,
          logStd,
          batch.masks,
          this.randoms[arena]!,
          batch.actions,
        );
      } else {
        this.distribution.mode(outputs, arena, logStd, batch.masks, batch.actions);
        batch.logProbabilities[arena] = 0;
      }
    }
    const recorded = this.rollout !== null && this.recording;
    const starved = this.recording && !recorded;
    batch.policyVersion = this.snapshot.version;
    batch.recorded = !starved;
    batch.decisions = this.decisionCount;
    if (starved) this.unrecordedDecisions += byLearner;
    if (recorded && this.rollout) this.openStep(this.rollout, batch, byLearner);
    this.underWay = true;
    this.underWayRecorded = recorded;
    this.phase = 'observing';
    this.expectedNumber = batch.number + 1;
  }

  /**
   * Takes new weights and settings: the weights act from the next decision on; rollout length, reward weights,
   * discount and normalisation switches hold from the next rollout's first decision, or at once where none is recorded.
   *
   * @param merged the statistics of the update that gave these weights, which holds the oldest rollout handed over and
   * not yet answered so; what was counted here since stays. Without them, statistics stay as they are.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit; nothing has changed then.
   */
  adopt(snapshot: SnapshotData, hyperparameters: Hyperparameters, merged?: NormalisationData): void {
    this.snapshot = createSnapshot(this.layout, snapshot, this.acting);
    this.nextSettings = hyperparameters;
    if (merged === undefined) return;
    this.mergedStatistics = merged;
    this.unmergedStatistics.shift();
    const underWay = (kind: keyof NormalisationData) =>
      this.unmergedStatistics.flatMap((counted) => counted[kind] ?? []);
    this.observationNormaliser?.rebase(merged.observations, underWay('observations'));
    this.rewardNormaliser?.rebase(merged.rewards, underWay('rewards'));
  }

  /**
   * What acts in arenas whose controller is `frozen`, greedily; null for the newest snapshot.
   *
   * @param statistics what normalises the observations it sees, from now on unchanged; null for a copy of the learner's
   * as they are now, or for none where the learner does not normalise.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit; nothing has changed then.
   */
  setFrozen(snapshot: SnapshotData | null, statistics: RunningStatisticsData | null = null): void {
    this.frozen = snapshot ? createSnapshot(this.layout, snapshot, this.acting) : null;
    const kept = statistics ?? this.observationNormaliser?.save() ?? null;
    this.frozenNormaliser =
      snapshot && kept ? new ObservationNormaliser(this.arenas, this.spec.observationSpace.size, kept) : null;
  }

  /** Decisions taken while an update runs are counted. */
  setUpdating(running: boolean): void {
    this.updating = running;
  }

  /** The learner returned a rollout's memory. An empty buffer stands for one that was lost. */
  takeBack(buffer: ArrayBuffer): void {
    this.buffers.takeBack(buffer);
  }

  /**
   * Learning on or off. Off: nothing is recorded and no statistics change, and the game need not ease off for it.
   * On: a fresh rollout begins.
   */
  setRecording(on: boolean): void {
    if (on === this.recording) return;
    this.recording = on;
    this.abandonRollout();
    this.rewardNormaliser?.forgetReturns();
    this.freezeStatistics();
  }

  /**
   * Begins the filling rollout anew. The decision under way is forgotten, the next batch may carry any number, and
   * episodes that are running are left out of the records, since their earlier steps may not belong to what follows.
   */
  dropRollout(): void {
    this.abandonRollout();
    this.rewardNormaliser?.forgetReturns();
    this.underWay = false;
    this.phase = 'observing';
    this.expectedNumber = null;
    this.episodes.forget();
  }

  private checkTurn(batch: DecisionBatch, phase: 'observing' | 'acting'): void {
    if (batch.shape.arenas !== this.arenas) {
      throw new PlaytrainError(
        'bad-environment',
        `A decision of ${batch.shape.arenas} arenas came to an actor made for ${this.arenas}; make a new actor when the number of arenas changes.`,
      );
    }
    if (phase !== this.phase) {
      throw new PlaytrainError(
        'bad-environment',
        phase === 'observing'
          ? `Decision ${batch.number} was observed before the one before it was answered; call act first.`
          : `Decision ${batch.number} was to be answered before it was observed; call observe first.`,
      );
    }
    this.expectedNumber ??= batch.number;
    if (batch.number !== this.expectedNumber) {
      throw new PlaytrainError(
        'bad-environment',
        `Decision ${batch.number} arrived where ${this.expectedNumber} was due; send each decision once, in order.`,
      );
    }
  }

  /** Keeps the batch's observations as the policy sees them, and counts those that the learner acts on. */
  private see(batch: DecisionBatch): void {
    if (!this.observationNormaliser) {
      this.observations.set(batch.observations);
      return;
    }
    for (let arena = 0; arena < this.arenas; arena++) {
      this.seenByLearner[arena] = batch.controllers[arena] === controllers.learner ? 1 : 0;
    }
    this.observationNormaliser.observe(batch.observations, this.seenByLearner, this.observations);
  }

  private seeAsFrozen(batch: DecisionBatch): void {
    if (!this.frozenNormaliser) {
      this.frozenObservations.set(batch.observations);
      return;
    }
    for (let arena = 0; arena < this.arenas; arena++) {
      this.frozenNormaliser.normalise(batch.observations, arena, this.frozenObservations);
    }
  }

  private weighRewards(batch: DecisionBatch): void {
    const weights = this.rewardWeights;
    for (let arena = 0; arena < this.arenas; arena++) {
      let reward = 0;
      for (let term = 0; term < weights.length; term++) {
        reward += weights[term]! * batch.rewardTerms[arena * weights.length + term]!;
      }
      this.rewards[arena] = reward;
    }
  }

  private beginRollout(batch: DecisionBatch): void {
    this.takeSettings(batch);
    this.rollout = this.buffers.begin();
    this.step = 0;
    this.decisionsDuringUpdate = 0;
    this.rolloutStartMs = this.nowMs;
  }

  private takeSettings(batch: DecisionBatch): void {
    const settings = this.nextSettings;
    if (settings === this.settings) return;
    const normalised = this.settings.normaliseObservations;
    this.settings = settings;
    this.rewardWeights = rewardWeights(this.spec, settings);
    this.buffers.reshape(this.rolloutShape(settings));
    const { observations, rewards } = this.mergedStatistics;
    const observationSize = this.spec.observationSpace.size;
    this.observationNormaliser = settings.normaliseObservations
      ? (this.observationNormaliser ?? new ObservationNormaliser(this.arenas, observationSize, observations))
      : null;
    this.rewardNormaliser = settings.normaliseRewards
      ? (this.rewardNormaliser ?? new RewardNormaliser(this.arenas, rewards))
      : null;
    this.freezeStatistics();
    if (settings.normaliseObservations !== normalised) this.see(batch);
  }

  private freezeStatistics(): void {
    if (this.observationNormaliser) this.observationNormaliser.frozen = !this.recording;
    if (this.rewardNormaliser) this.rewardNormaliser.frozen = !this.recording;
  }

  /** Writes what is known when a step's actions are chosen. */
  private openStep(rollout: Rollout, batch: DecisionBatch, byLearner: number): void {
    const firstCell = this.step * this.arenas;
    const { observationSize, actionSize: actionWidth, maskSize: maskWidth } = rollout.shape;
    rollout.observations.set(this.observations, firstCell * observationSize);
    rollout.actions.set(batch.actions, firstCell * actionWidth);
    rollout.masks.set(batch.masks, firstCell * maskWidth);
    rollout.logProbabilities.set(batch.logProbabilities, firstCell);
    rollout.values.set(batch.values, firstCell);
    rollout.valid.set(this.underWayByLearner, firstCell);
    rollout.versions[this.step] = this.snapshot.version;
    if (this.updating) this.decisionsDuringUpdate += byLearner;
  }

  /** Writes what came of the step. */
  private closeStep(rollout: Rollout, batch: DecisionBatch): void {
    const firstCell = this.step * this.arenas;
    for (let arena = 0; arena < this.arenas; arena++) {
      const cut = batch.truncated[arena] !== 0 && batch.terminated[arena] === 0;
      rollout.finalValues[firstCell + arena] = cut ? this.finalValue(batch, arena) : 0;
      this.decisionCount += this.underWayByLearner[arena]!;
    }
    rollout.rewards.set(this.rewards, firstCell);
    rollout.terminated.set(batch.terminated, firstCell);
    rollout.truncated.set(batch.truncated, firstCell);
    this.step++;
  }

  private finalValue(batch: DecisionBatch, arena: number): number {
    if (!this.observationNormaliser) return this.snapshot.value(batch.finalObservations, arena);
    this.observationNormaliser.normalise(batch.finalObservations, arena, this.finalObservations);
    return this.snapshot.value(this.finalObservations, arena);
  }

  private handOver(rollout: Rollout): FullRollout {
    const lastValues = rollout.values.subarray(rollout.shape.steps * this.arenas);
    this.snapshot.forward(this.observations, this.arenas, this.outputs, lastValues);
    const normalisation: NormalisationData = {
      observations: this.observationNormaliser?.takeOwn() ?? null,
      rewards: this.rewardNormaliser?.takeOwn() ?? null,
    };
    this.unmergedStatistics.push(normalisation);
    const full: FullRollout = {
      rollout,
      episodes: this.episodes.take(),
      counters: {
        decisions: this.decisionCount,
        decisionsDuringUpdate: this.decisionsDuringUpdate,
        unrecordedDecisions: this.unrecordedDecisions,
        collectMs: this.nowMs - this.rolloutStartMs,
      },
      normalisation,
    };
    this.rollout = null;
    this.unrecordedDecisions = 0;
    return full;
  }

  private abandonRollout(): void {
    if (this.rollout) this.buffers.takeBack(this.rollout.buffer);
    this.rollout = null;
    this.underWayRecorded = false;
  }

  private rolloutShape(settings: Hyperparameters): RolloutShape {
    return {
      steps: settings.rolloutLength,
      arenas: this.arenas,
      observationSize: this.spec.observationSpace.size,
      actionSize: actionSize(this.spec.actionSpace),
      maskSize: maskSize(this.spec.actionSpace),
    };
  }
}

/** The weight of each reward term, in the terms' order: the person's, or else the game's own. */
function rewardWeights(spec: EnvironmentSpec, settings: Hyperparameters): Float64Array {
  return Float64Array.from(
    spec.rewardTerms,
    ({ name, defaultWeight }) => settings.rewardWeights[name] ?? defaultWeight,
  );
}
