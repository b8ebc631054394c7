import {
  type ActingBackend,
  type ArenaFault,
  type DecisionBatch,
  type EnvironmentSpec,
  type EpisodeRecord,
  type Hyperparameters,
  interruptions,
  maskSize,
  type NormalisationData,
  noOpponents,
  type Opponents,
  type Policy,
  type RunningStatisticsData,
  type SnapshotData,
  seatsOf,
  type Thought,
} from '../contract';
import { ActionChooser } from './action-chooser';
import { DecisionTurns } from './decision-turns';
import { refuseNotFinite } from './finite-decision';
import type { FullRollout } from './full-rollout';
import { hostBackend } from './host-backend';
import { Normalisers } from './normalisers';
import { rewardWeightsOf } from './reward-weights';
import { RolloutWriter } from './rollout-writer';
import { SeatBook } from './seat-book';
import { Thinking } from './thinking';

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
  private readonly firstArena: number;
  /** N. */
  private readonly agents: number;
  private readonly turns: DecisionTurns;
  private readonly seats: SeatBook;
  private readonly normalisers: Normalisers;
  private readonly chooser: ActionChooser;
  private readonly writer: RolloutWriter;

  /** In force for the rollout that is filling, and those that wait for the next. */
  private settings: Hyperparameters;
  private nextSettings: Hyperparameters;
  /** In the terms' order. */
  private rewardWeights: readonly number[];

  private recording = true;
  /** Null where nobody asks. */
  private thinking: Thinking | null = null;
  /** True while a decision's outcome is awaited. */
  private underWay = false;
  /** 1 where the agent is the learner's own in the decision under way, `[N]`. */
  private readonly own: Uint8Array;
  /** 1 where, besides, there was something to choose, and its outcome is known: what can be learned from, `[N]`. */
  private readonly valid: Uint8Array;
  private readonly seenOwn: Uint8Array; // [N]
  private readonly observations: Float32Array; // [N, obs], as the policy sees them
  private readonly rewards: Float64Array; // [N]
  private readonly ended: Uint8Array; // [N]

  /** Since the last rollout. */
  private faults: ArenaFault[] = [];
  private noChoiceNoted: boolean;
  /** Of the rollout that is filling, the batch that it began with. */
  private firstDecision = 0;
  private nowMs = 0;
  // Made once, so that a decision makes none.
  private readonly finalValue = ({ finalObservations }: DecisionBatch, agent: number) =>
    this.chooser.value(this.normalisers.seenFinal(finalObservations, agent), agent);
  private readonly writeLastValues = (values: Float32Array) =>
    this.chooser.writeValues(this.observations, values);

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
    const agents = hyperparameters.arenas * seatsOf(spec);
    this.spec = spec;
    this.firstArena = firstArena;
    this.agents = agents;
    this.turns = new DecisionTurns(agents);
    this.seats = new SeatBook(spec, hyperparameters, opponents, origin);
    this.normalisers = new Normalisers(spec, agents, hyperparameters, normalisation);
    this.chooser = new ActionChooser(spec, hyperparameters, snapshot, acting, origin);
    this.writer = new RolloutWriter(spec, hyperparameters, decisions);
    this.settings = hyperparameters;
    this.nextSettings = hyperparameters;
    this.rewardWeights = rewardWeightsOf(spec, hyperparameters);
    this.own = new Uint8Array(agents);
    this.valid = new Uint8Array(agents);
    this.seenOwn = new Uint8Array(agents);
    this.observations = new Float32Array(agents * spec.observationSpace.size);
    this.rewards = new Float64Array(agents);
    this.ended = new Uint8Array(agents);
    this.noChoiceNoted = maskSize(spec.actionSpace) === 0;
  }

  /** Decisions of the learner's policy since the run began that are in rollouts, the one that fills included. */
  get decisions(): number {
    return this.writer.decisions;
  }

  /** The learner's episodes that ended in the outcome last observed. */
  get endedEpisodes(): readonly EpisodeRecord[] {
    return this.seats.endedEpisodes;
  }

  /**
   * Closes the decision under way with the outcome that `batch` brings. Throws before it changes anything.
   *
   * @param nowMs wall time, milliseconds, from any start.
   * @returns the rollout that this filled, to be handed to the learner, or null. Its last row of values is the
   * newest snapshot's, of the batch's observations.
   * @throws PlaytrainError `bad-environment` when the batch is not the next one, or holds numbers that are not finite.
   */
  observe(batch: DecisionBatch, nowMs: number): FullRollout | null {
    this.turns.check(batch, 'observe');
    refuseNotFinite(this.spec, this.agents, batch);
    this.turns.observed(batch);
    this.nowMs = nowMs;
    this.noteEnds(batch);
    this.weighRewards(batch);
    const { own, rewards, ended, recording, underWay } = this;
    this.seats.note(batch, underWay ? rewards : null, own, recording);
    this.see(batch);
    this.underWay = false;
    const isScaled = underWay && recording;
    if (isScaled) this.normalisers.scale(rewards, own, ended, this.settings.discount);
    if (this.thinking !== null) this.think(this.thinking, batch, isScaled);
    return this.writer.close(batch, rewards, this.finalValue) ? this.handOver() : null;
  }

  /**
   * Chooses actions for the observations last observed: writes actions, log-probabilities, values, the policy's
   * version and whether there is room to record into `batch`, which must be the one observed.
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
    this.turns.check(batch, 'act');
    this.nowMs = nowMs;
    const { recording, writer, observations, own, valid } = this;
    if (!recording || !writer.isFilling) this.takeSettings(batch);
    if (recording && !writer.isFilling) {
      writer.begin(nowMs);
      this.firstDecision = batch.number;
    }
    const validRows = this.chooser.choose(batch, observations, this.seats, own, valid);
    this.noteNoChoice();
    batch.buffersFull = recording && !writer.isFilling;
    batch.decisions = writer.decisions;
    if (recording) writer.open({ batch, observations, valid, validRows });
    this.thinking?.chose(batch, own, this.settings.discount);
    this.underWay = true;
    this.turns.answered(batch);
  }

  /** Follows what is thought of an arena's agent; null where nobody asks, which costs nothing. */
  setThinking(arena: number | null): void {
    if (arena === (this.thinking?.arena ?? null)) return;
    this.thinking = arena === null ? null : new Thinking(arena, seatsOf(this.spec));
  }

  /** What was thought of the batch answered last, which must not have been sent yet; null where nobody asked. */
  thought(batch: DecisionBatch): Thought | null {
    const oddsOf = (agent: number) => this.chooser.odds(batch, agent);
    return this.thinking?.told(batch, this.own, oddsOf) ?? null;
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
    this.chooser.setSnapshot(snapshot);
    this.nextSettings = hyperparameters;
    this.seats.setSettings(hyperparameters);
    if (addedPast !== null) this.seats.addPast(addedPast);
    if (merged !== undefined) this.normalisers.rebase(merged);
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
    const frozen = { ...snapshot, observations: statistics ?? this.normalisers.saveObservations() };
    this.chooser.setFrozen(frozen);
    return frozen;
  }

  /** Decisions taken while an update runs are counted. */
  setUpdating(running: boolean): void {
    this.writer.updating = running;
  }

  /** The learner returned a rollout's memory. An empty buffer stands for one that was lost. */
  takeBack(buffer: ArrayBuffer): void {
    this.writer.takeBack(buffer);
  }

  /**
   * Learning on or off. Off: nothing is recorded and no statistics change, and the game need not ease off for it.
   * On: a fresh rollout begins.
   */
  setRecording(on: boolean): void {
    if (on === this.recording) return;
    this.recording = on;
    this.writer.abandon();
    this.normalisers.forgetReturns();
    this.normalisers.setFrozen(!on);
  }

  /** Counts on from what others have gathered meanwhile; while nothing is recorded, or just when that begins. */
  setDecisions(decisions: number): void {
    this.writer.setDecisions(decisions);
  }

  /**
   * Begins the filling rollout anew. The decision under way is forgotten, the next batch may carry any number, and
   * episodes that are running are left out of the records, since their earlier steps may not belong to what follows.
   */
  dropRollout(): void {
    this.writer.abandon();
    this.normalisers.forgetReturns();
    this.underWay = false;
    this.thinking?.forget();
    this.turns.beginAnew();
    this.seats.forgetEpisodes();
  }

  /** Which episodes the outcome ended; and what of the decision under way is not known, since its arena went wrong. */
  private noteEnds(batch: DecisionBatch): void {
    for (let agent = 0; agent < this.agents; agent++) {
      this.ended[agent] = batch.terminated[agent]! | batch.truncated[agent]!;
      if (batch.interrupted[agent] === interruptions.fault) this.own[agent] = 0;
    }
  }

  private think(thinking: Thinking, batch: DecisionBatch, isScaled: boolean): void {
    const { rewards, normalisers } = this;
    const reward = (agent: number) => (isScaled ? rewards[agent]! : normalisers.scaled(rewards[agent]!));
    const valueAtCut = this.settings.bootstrapTruncated ? this.finalValue : () => 0;
    thinking.came(batch, reward, valueAtCut);
  }

  private weighRewards({ rewardTerms }: DecisionBatch): void {
    const weights = this.rewardWeights;
    for (let agent = 0; agent < this.agents; agent++) {
      let reward = 0;
      for (let term = 0; term < weights.length; term++) {
        reward += weights[term]! * rewardTerms[agent * weights.length + term]!;
      }
      this.rewards[agent] = reward;
    }
  }

  /** Keeps the batch's observations as the policy sees them, and counts those that the learner acts on. */
  private see(batch: DecisionBatch): void {
    const { normalisers, seats, seenOwn } = this;
    if (normalisers.countsObservations) {
      for (let agent = 0; agent < this.agents; agent++) {
        seenOwn[agent] = seats.isOwn(batch.controllers, agent) ? 1 : 0;
      }
    }
    normalisers.see(batch.observations, seenOwn, this.observations);
  }

  private takeSettings(batch: DecisionBatch): void {
    const settings = this.nextSettings;
    if (settings === this.settings) return;
    this.settings = settings;
    this.weighFromNow(rewardWeightsOf(this.spec, settings));
    this.writer.setSettings(settings);
    if (this.normalisers.setSettings(settings)) this.see(batch);
  }

  /** Returns of episodes that are running would be sums under both weights: those episodes are left out. */
  private weighFromNow(weights: readonly number[]): void {
    if (weights.join() === this.rewardWeights.join()) return;
    this.rewardWeights = weights;
    this.normalisers.forgetReturns();
    this.seats.forgetEpisodes();
  }

  /** A mask left the learner nothing to choose: told once, since a game may well mean it. */
  private noteNoChoice(): void {
    if (this.noChoiceNoted) return;
    const agent = this.own.findIndex((own, index) => own === 1 && this.valid[index] === 0);
    if (agent < 0) return;
    this.noChoiceNoted = true;
    const arena = this.firstArena + this.seats.arenaOf(agent);
    this.faults.push({
      arena,
      kind: 'noChoice',
      message: `Arena ${arena} forbids every choice, so there was nothing to decide and nothing to learn from; a mask should allow at least one choice in every group.`,
    });
  }

  private handOver(): FullRollout {
    const { faults } = this;
    this.faults = [];
    return {
      ...this.writer.handOver(this.nowMs, this.writeLastValues),
      episodes: this.seats.takeEpisodes(),
      rewardWeights: this.rewardWeights,
      firstDecision: this.firstDecision,
      normalisation: this.normalisers.handOver(),
      ...(faults.length === 0 ? {} : { faults }),
    };
  }
}
