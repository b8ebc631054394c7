import {
  type ActingBackend,
  type ArenaFault,
  actionSize,
  controllers,
  type DecisionBatch,
  type EnvironmentSpec,
  type EpisodeRecord,
  type Hyperparameters,
  interruptions,
  maskSize,
  type NormalisationData,
  noOpponents,
  type Opponents,
  PlaytrainError,
  type Policy,
  policyOutputSize,
  type Rollout,
  type RolloutCounters,
  type RolloutShape,
  type RunningStatisticsData,
  type SnapshotData,
  seatsOf,
} from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { arenaStream } from '../random/stream';
import { Casting, opponentName } from './casting';
import { Choices } from './choices';
import { type ActionDistribution, createDistribution } from './distributions';
import { EpisodeTracker } from './episode-tracker';
import { refuseNotFinite } from './finite-decision';
import { GreedyPolicy } from './greedy-policy';
import { hostBackend } from './host-backend';
import { ObservationNormaliser, RewardNormaliser } from './normalisation';
import { OpponentSeats } from './opponent-seats';
import { type PolicyLayout, policyLayout } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import { rewardWeightsOf } from './reward-weights';
import { RolloutBuffers } from './rollout-buffer';
import { createSnapshot } from './snapshot';

/** A filled rollout and what was noted while it filled: everything a learner needs for one update. */
export interface FullRollout {
  readonly rollout: Rollout;
  /** Episodes that ended since the last rollout, in order. */
  readonly episodes: readonly EpisodeRecord[];
  readonly counters: RolloutCounters;
  /** In force while it filled, in the reward terms' order. */
  readonly rewardWeights: readonly number[];
  /** Of the samples counted since the last rollout alone: what this one adds to the run's statistics. */
  readonly normalisation: NormalisationData;
  /** What went wrong in single arenas meanwhile; left out where nothing did. */
  readonly faults?: readonly ArenaFault[];
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

export interface ActorOptions {
  readonly spec: EnvironmentSpec;
  /** Arenas, hidden sizes, activation and seed are those given here for good. */
  readonly hyperparameters: Hyperparameters;
  readonly snapshot: SnapshotData;
  /** Statistics to go on from, of a run that is resumed. */
  readonly normalisation?: NormalisationData;
  /** How many decisions the learner's policy had already taken in that run; chance is drawn anew from there. */
  readonly decisions?: number;
  /** What policies are computed with; unless told, what a learner trains with that was not told either. */
  readonly acting?: ActingBackend;
  /** Whom the learner may meet besides itself, where agents meet. */
  readonly opponents?: Opponents;
  /** Which of the run's arenas is the first of these. */
  readonly firstArena?: number;
}

/**
 * Chooses actions for all agents and writes what came of the learner's own into rollouts. The learner's are drawn from
 * a policy snapshot; where agents meet, those of its opponents come from whom `Casting` put there.
 *
 * Every decision is two calls with the same batch: `observe` closes the decision under way with the outcome the batch
 * brings, then `act` answers its observations. The actor keeps no view of the batch, whose memory may be transferred
 * away between two decisions.
 */
export class Actor {
  private readonly spec: EnvironmentSpec;
  private readonly seats: number;
  /** Which of the run's arenas is the first of these. */
  private readonly firstArena: number;
  /** N. */
  private readonly agents: number;
  /** Where among the reward terms winning is counted; −1 where agents do not meet. */
  private readonly winTerm: number;
  private readonly layout: PolicyLayout;
  private readonly acting: ActingBackend;
  private readonly distribution: ActionDistribution;
  private readonly choices: Choices;
  /** One an agent, so that who acts in one arena never changes what is drawn in another. */
  private readonly randoms: readonly SeededRandom[];
  private readonly buffers: RolloutBuffers;

  private snapshot: PolicySnapshot;
  private frozen: GreedyPolicy | null = null;
  private readonly casting: Casting;
  private readonly opponents: OpponentSeats;
  /** In force for the rollout that is filling, and those that wait for the next. */
  private settings: Hyperparameters;
  private nextSettings: Hyperparameters;
  /** In the terms' order. */
  private rewardWeights: readonly number[];
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

  /** 1 where the agent is the learner's own in the decision under way, `[N]`. */
  private readonly underWayOwn: Uint8Array;
  /** 1 where, besides, there was something to decide, and its outcome is known: what can be learned from, `[N]`. */
  private readonly underWayValid: Uint8Array;
  private readonly seenOwn: Uint8Array; // [N]
  private readonly observations: Float32Array; // [N, obs], as the policy sees them
  private readonly finalObservations: Float32Array; // [N, obs], likewise
  private readonly outputs: Float32Array; // [N, out]
  private readonly frozenAgents: Int32Array; // [N], the first ones
  /** Amount of the win term in the running episode, `[N]`. */
  private readonly wins: Float64Array;
  /** 1 while nobody but those who were cast has played in the running episode, by the row of each arena's first seat. */
  private readonly asCast: Uint8Array; // [N]
  private readonly rewards: Float64Array; // [N]
  private readonly ended: Uint8Array; // [N]

  private readonly episodes: EpisodeTracker;
  /** Since the last rollout. */
  private faults: ArenaFault[] = [];
  private noChoiceNoted = false;
  private decisionCount: number;
  private decisionsDuringUpdate = 0;
  private unrecordedDecisions = 0;
  private nowMs = 0;
  private rolloutStartMs = 0;

  /**
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit the settings; `backend-unavailable`
   * for `wasm` where the engine knows no WebAssembly SIMD.
   */
  constructor({
    spec,
    hyperparameters,
    snapshot,
    normalisation = { observations: null, rewards: null },
    decisions = 0,
    acting = hostBackend(),
    opponents = noOpponents,
    firstArena = 0,
  }: ActorOptions) {
    const origin = { seed: hyperparameters.seed, generation: decisions, firstArena };
    const seats = seatsOf(spec);
    const agents = hyperparameters.arenas * seats;
    const observationSize = spec.observationSpace.size;
    const outputSize = policyOutputSize(spec.actionSpace);
    this.spec = spec;
    this.seats = seats;
    this.agents = agents;
    this.winTerm = spec.rewardTerms.findIndex(({ name }) => name === spec.winTerm);
    this.casting = new Casting(spec, hyperparameters, opponents, origin);
    this.opponents = new OpponentSeats(spec, hyperparameters, agents, acting, origin);
    this.layout = policyLayout(spec, hyperparameters);
    this.acting = acting;
    this.distribution = createDistribution(spec.actionSpace);
    this.choices = new Choices(spec.actionSpace);
    this.firstArena = firstArena;
    this.randoms = Array.from({ length: agents }, (_, agent) =>
      arenaStream(origin, 'actions', Math.floor(agent / seats), agent % seats),
    );
    this.snapshot = createSnapshot(this.layout, snapshot, this.acting);
    this.settings = hyperparameters;
    this.nextSettings = hyperparameters;
    this.rewardWeights = rewardWeightsOf(spec, hyperparameters);
    this.observationNormaliser = hyperparameters.normaliseObservations
      ? new ObservationNormaliser(agents, observationSize, normalisation.observations)
      : null;
    this.rewardNormaliser = hyperparameters.normaliseRewards
      ? new RewardNormaliser(agents, normalisation.rewards)
      : null;
    this.mergedStatistics = normalisation;
    this.buffers = new RolloutBuffers(this.rolloutShape(hyperparameters));
    this.underWayOwn = new Uint8Array(agents);
    this.underWayValid = new Uint8Array(agents);
    this.seenOwn = new Uint8Array(agents);
    this.observations = new Float32Array(agents * observationSize);
    this.finalObservations = new Float32Array(agents * observationSize);
    this.outputs = new Float32Array(agents * outputSize);
    this.frozenAgents = new Int32Array(agents);
    this.wins = new Float64Array(agents);
    this.asCast = new Uint8Array(agents).fill(1);
    this.rewards = new Float64Array(agents);
    this.ended = new Uint8Array(agents);
    this.episodes = new EpisodeTracker(agents, seats, hyperparameters.decisionIntervalTicks);
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
    refuseNotFinite(this.spec, this.agents, batch);
    this.nowMs = nowMs;
    this.phase = 'acting';
    for (let agent = 0; agent < this.agents; agent++) {
      this.ended[agent] = batch.terminated[agent]! | batch.truncated[agent]!;
      if (batch.interrupted[agent] !== interruptions.fault) continue;
      this.underWayOwn[agent] = 0;
      this.underWayValid[agent] = 0;
    }
    this.countWins(batch);
    this.weighRewards(batch);
    if (this.underWay) {
      const { rewards, underWayOwn, recording } = this;
      this.episodes.step(rewards, underWayOwn, batch, recording, (agent) => this.against(agent));
    } else this.episodes.skip(batch);
    this.castAnew();
    this.see(batch);
    if (!this.underWay) return null;
    this.underWay = false;
    if (this.recording) {
      const { discount } = this.settings;
      this.rewardNormaliser?.normalise(this.rewards, this.underWayOwn, this.ended, discount);
    }
    if (!this.underWayRecorded || !this.rollout) return null;
    this.closeStep(this.rollout, batch);
    return this.step === this.rollout.shape.steps ? this.handOver(this.rollout) : null;
  }

  /**
   * Chooses actions for the observations last observed: writes actions, log-probabilities, values, the policy's
   * version and whether the decision is recorded into `batch`, which must be the one observed.
   *
   * The learner acts by sampling; frozen policies, opponents and, until the person does, a person's agent by the
   * likeliest action, with log-probability 0. Where a mask leaves nothing to choose the action is zeros, and no step to
   * learn from.
   *
   * @param nowMs wall time, milliseconds; the time of the observation where the answer did not wait.
   * @throws PlaytrainError `bad-environment` when the batch was not observed first; `not-finite` when the policy's
   * outputs are not numbers.
   */
  act(batch: DecisionBatch, nowMs = this.nowMs): void {
    this.checkTurn(batch, 'acting');
    this.nowMs = nowMs;
    if (!this.recording) this.takeSettings(batch);
    else if (!this.rollout) this.beginRollout(batch);
    this.snapshot.forward(this.observations, this.agents, this.outputs, batch.values);
    let valid = 0;
    let frozenAgents = 0;
    this.opponents.begin();
    for (let agent = 0; agent < this.agents; agent++) {
      const own = this.isOwn(batch, agent);
      const chooses = this.choices.areThere(batch.masks, agent);
      this.underWayOwn[agent] = own ? 1 : 0;
      this.underWayValid[agent] = own && chooses ? 1 : 0;
      if (own && chooses) {
        valid++;
        batch.logProbabilities[agent] = this.distribution.sample(
          this.outputs,
          agent,
          this.snapshot.logStd,
          batch.masks,
          this.randoms[agent]!,
          batch.actions,
        );
        continue;
      }
      batch.logProbabilities[agent] = 0;
      if (!chooses) {
        const { actionSize: width } = batch.shape;
        batch.actions.fill(0, agent * width, (agent + 1) * width);
        if (own) this.noteNoChoice(agent);
      }
      const controller = batch.controllers[agent];
      if (controller !== controllers.learner) this.asCast[this.arenaOf(agent) * this.seats] = 0;
      if (!chooses) continue;
      if (controller === controllers.learner) {
        this.opponents.seat(this.casting.opponent(this.arenaOf(agent)), agent, batch);
      } else if (controller === controllers.frozen && this.frozen) {
        this.frozenAgents[frozenAgents++] = agent;
      } else {
        const { logStd } = this.snapshot;
        this.distribution.mode(this.outputs, agent, logStd, batch.masks, batch.actions);
      }
    }
    this.frozen?.act(batch, this.frozenAgents, frozenAgents);
    this.opponents.act(batch);
    const recorded = this.rollout !== null && this.recording;
    const starved = this.recording && !recorded;
    batch.policyVersion = this.snapshot.version;
    batch.buffersFull = starved;
    batch.decisions = this.decisionCount;
    if (starved) this.unrecordedDecisions += valid;
    if (recorded && this.rollout) this.openStep(this.rollout, batch, valid);
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
   * @param addedPast a policy that joins the learner's opponents.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit; nothing has changed then.
   */
  adopt(
    snapshot: SnapshotData,
    hyperparameters: Hyperparameters,
    merged?: NormalisationData,
    addedPast: Policy | null = null,
  ): void {
    this.snapshot = createSnapshot(this.layout, snapshot, this.acting);
    this.nextSettings = hyperparameters;
    this.casting.setSettings(hyperparameters);
    if (addedPast !== null) this.casting.addPast(addedPast);
    if (merged === undefined) return;
    this.mergedStatistics = merged;
    this.unmergedStatistics.shift();
    const underWay = (kind: keyof NormalisationData) =>
      this.unmergedStatistics.flatMap((counted) => counted[kind] ?? []);
    this.observationNormaliser?.rebase(merged.observations, underWay('observations'));
    this.rewardNormaliser?.rebase(merged.rewards, underWay('rewards'));
  }

  /**
   * Chooses what acts in agents whose controller is `frozen`, greedily; before that, the newest snapshot does.
   *
   * @param statistics what normalises the observations it sees, from now on unchanged; null for a copy of the learner's
   * as they are now, or for none where the learner does not normalise.
   * @returns the policy, with the statistics that it has.
   * @throws PlaytrainError `bad-settings` when the snapshot's weights do not fit; nothing has changed then.
   */
  setFrozen(snapshot: SnapshotData, statistics: RunningStatisticsData | null = null): Policy {
    const frozen = { ...snapshot, observations: statistics ?? this.observationNormaliser?.save() ?? null };
    const { spec, settings, agents, acting } = this;
    this.frozen = new GreedyPolicy(spec, settings, frozen, agents, acting);
    return frozen;
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
    if (batch.shape.agents !== this.agents) {
      throw new PlaytrainError(
        'bad-environment',
        `A decision of ${batch.shape.agents} agents came to an actor made for ${this.agents}; make a new actor when the number of arenas changes.`,
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
    for (let agent = 0; agent < this.agents; agent++) {
      this.seenOwn[agent] = this.isOwn(batch, agent) ? 1 : 0;
    }
    this.observationNormaliser.observe(batch.observations, this.seenOwn, this.observations);
  }

  private arenaOf(agent: number): number {
    return Math.floor(agent / this.seats);
  }

  /** A mask left the learner nothing to choose: told once, since a game may well mean it. */
  private noteNoChoice(agent: number): void {
    if (this.noChoiceNoted) return;
    this.noChoiceNoted = true;
    const arena = this.firstArena + this.arenaOf(agent);
    this.faults.push({
      arena,
      kind: 'noChoice',
      message: `Arena ${arena} forbids every choice, so there was nothing to decide and nothing to learn from; a mask should allow at least one choice in every group.`,
    });
  }

  /** Where a person or a frozen policy sits, the other seat is the learner's. */
  private isOwn(batch: DecisionBatch, agent: number): boolean {
    if (batch.controllers[agent] !== controllers.learner) return false;
    if (this.seats === 1) return true;
    const first = this.arenaOf(agent) * this.seats;
    for (let other = first; other < first + this.seats; other++) {
      if (batch.controllers[other] !== controllers.learner) return true;
    }
    return this.casting.byLearner(agent);
  }

  private countWins(batch: DecisionBatch): void {
    if (this.winTerm < 0) return;
    const terms = this.spec.rewardTerms.length;
    for (let agent = 0; agent < this.agents; agent++) {
      this.wins[agent] = this.wins[agent]! + batch.rewardTerms[agent * terms + this.winTerm]!;
    }
  }

  /** Whom the learner met in the episode that has just ended, and how it went; undefined where somebody else took a seat. */
  private against(agent: number): EpisodeRecord['against'] {
    if (this.winTerm < 0) return undefined;
    const arena = this.arenaOf(agent);
    if (this.asCast[arena * this.seats] === 0) return undefined;
    const other = 2 * arena * this.seats + 1 - agent;
    const opponent = opponentName(this.casting.opponent(arena));
    const ahead = this.wins[agent]! - this.wins[other]!;
    return { opponent, outcome: ahead > 0 ? 1 : ahead < 0 ? -1 : 0 };
  }

  /** Draws the parts of arenas whose episode has ended. */
  private castAnew(): void {
    for (let agent = 0; agent < this.agents; agent++) {
      if (this.ended[agent] === 0) continue;
      this.wins[agent] = 0;
      this.asCast[agent] = 1;
      if (agent % this.seats === 0) this.casting.recast(this.arenaOf(agent));
    }
  }

  private weighRewards(batch: DecisionBatch): void {
    const weights = this.rewardWeights;
    for (let agent = 0; agent < this.agents; agent++) {
      let reward = 0;
      for (let term = 0; term < weights.length; term++) {
        reward += weights[term]! * batch.rewardTerms[agent * weights.length + term]!;
      }
      this.rewards[agent] = reward;
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
    this.weighFromNow(rewardWeightsOf(this.spec, settings));
    this.buffers.reshape(this.rolloutShape(settings));
    const { observations, rewards } = this.mergedStatistics;
    const observationSize = this.spec.observationSpace.size;
    this.observationNormaliser = settings.normaliseObservations
      ? (this.observationNormaliser ?? new ObservationNormaliser(this.agents, observationSize, observations))
      : null;
    this.rewardNormaliser = settings.normaliseRewards
      ? (this.rewardNormaliser ?? new RewardNormaliser(this.agents, rewards))
      : null;
    this.freezeStatistics();
    if (settings.normaliseObservations !== normalised) this.see(batch);
  }

  /** Returns of episodes that are running would be sums under both weights: those episodes are left out. */
  private weighFromNow(weights: readonly number[]): void {
    if (weights.join() === this.rewardWeights.join()) return;
    this.rewardWeights = weights;
    this.rewardNormaliser?.forgetReturns();
    this.episodes.forget();
  }

  private freezeStatistics(): void {
    if (this.observationNormaliser) this.observationNormaliser.frozen = !this.recording;
    if (this.rewardNormaliser) this.rewardNormaliser.frozen = !this.recording;
  }

  /** Writes what is known when a step's actions are chosen. */
  private openStep(rollout: Rollout, batch: DecisionBatch, valid: number): void {
    const firstCell = this.step * this.agents;
    const { observationSize, actionSize: actionWidth, maskSize: maskWidth } = rollout.shape;
    rollout.observations.set(this.observations, firstCell * observationSize);
    rollout.actions.set(batch.actions, firstCell * actionWidth);
    rollout.masks.set(batch.masks, firstCell * maskWidth);
    rollout.logProbabilities.set(batch.logProbabilities, firstCell);
    rollout.values.set(batch.values, firstCell);
    rollout.valid.set(this.underWayValid, firstCell);
    rollout.versions[this.step] = this.snapshot.version;
    if (this.updating) this.decisionsDuringUpdate += valid;
  }

  /** Writes what came of the step. */
  private closeStep(rollout: Rollout, batch: DecisionBatch): void {
    const firstCell = this.step * this.agents;
    for (let agent = 0; agent < this.agents; agent++) {
      const cut = batch.truncated[agent] !== 0 && batch.terminated[agent] === 0;
      const known = batch.interrupted[agent] !== interruptions.fault;
      if (!known) rollout.valid[firstCell + agent] = 0;
      rollout.finalValues[firstCell + agent] = cut && known ? this.finalValue(batch, agent) : 0;
      this.decisionCount += this.underWayValid[agent]!;
    }
    rollout.rewards.set(this.rewards, firstCell);
    rollout.terminated.set(batch.terminated, firstCell);
    rollout.truncated.set(batch.truncated, firstCell);
    this.step++;
  }

  private finalValue(batch: DecisionBatch, agent: number): number {
    if (!this.observationNormaliser) return this.snapshot.value(batch.finalObservations, agent);
    this.observationNormaliser.normalise(batch.finalObservations, agent, this.finalObservations);
    return this.snapshot.value(this.finalObservations, agent);
  }

  private handOver(rollout: Rollout): FullRollout {
    const lastValues = rollout.values.subarray(rollout.shape.steps * this.agents);
    this.snapshot.forward(this.observations, this.agents, this.outputs, lastValues);
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
      rewardWeights: this.rewardWeights,
      normalisation,
      ...(this.faults.length === 0 ? {} : { faults: this.faults }),
    };
    this.rollout = null;
    this.unrecordedDecisions = 0;
    this.faults = [];
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
      agents: this.agents,
      observationSize: this.spec.observationSpace.size,
      actionSize: actionSize(this.spec.actionSpace),
      maskSize: maskSize(this.spec.actionSpace),
    };
  }
}
