import { Actor } from '../agent/actor';
import { decodeTrainingState } from '../agent/checkpoint';
import type { FullRollout } from '../agent/full-rollout';
import { policyLayout, refuseOtherNet } from '../agent/policy';
import {
  DecisionBatch,
  type DecisionShape,
  decisionShape,
  type Hyperparameters,
  type Policy,
  type ScriptedPlayer,
  type SnapshotData,
} from '../contract';
import { handOver } from './hand-over';
import type { Post } from './post';
import type {
  ActorService,
  ActorStart,
  ActorToPage,
  FrozenChoice,
  PageToActor,
  RolloutMessage,
  UpdateMessage,
} from './protocol';

/** Beats of the page's clock: fine enough for 16×, and, unlike the page's own timers, never throttled. */
const wakeIntervalMs = 4;
/** People see no more thoughts than this. */
const thoughtEveryMs = 15;

/**
 * Serves an actor over two ports: questions and answers with the page, rollouts and snapshots with the learner.
 *
 * A rollout that fills while the learner is busy waits here; the actor fills its other buffer meanwhile.
 */
export class ActorHost implements Pick<ActorService, 'setHyperparameters' | 'setLearning' | 'setLockstep'> {
  private readonly actor: Actor;
  private readonly shape: DecisionShape;
  private readonly page: Post<ActorToPage>;
  private readonly learner: Post<RolloutMessage>;
  private readonly start: ActorStart;
  private readonly nowMs: () => number;

  private newest: SnapshotData;
  private settings: Hyperparameters;
  /** The learner's own count, shown where this actor records none. */
  private decisions: number;
  private gathers: boolean;
  private learning = true;
  private updating = false;
  private accepting = true;
  private lockstep = false;
  private waitingRollout: FullRollout | null = null;
  private heldQuestion: DecisionBatch | null = null;
  private toldAtMs = Number.NEGATIVE_INFINITY;

  /** @param scripted players that the learner may meet. */
  constructor(
    start: ActorStart,
    page: Post<ActorToPage>,
    learner: Post<RolloutMessage>,
    nowMs: () => number,
    scripted: readonly ScriptedPlayer[] = [],
  ) {
    this.start = start;
    this.page = page;
    this.learner = learner;
    this.nowMs = nowMs;
    this.newest = start.snapshot;
    this.settings = start.hyperparameters;
    this.shape = decisionShape(start.spec, start.hyperparameters.arenas);
    this.actor = new Actor({ ...start, opponents: { past: start.past, scripted } });
    if (start.continuing) this.actor.dropRollout();
    this.decisions = start.decisions;
    this.gathers = start.records;
    this.record();
  }

  /** The page asked. */
  question(buffer: PageToActor): void {
    const batch = new DecisionBatch(this.shape, buffer);
    const full = this.actor.observe(batch, this.nowMs());
    if (full !== null) this.handOver(full);
    if (this.lockstep && this.updating) this.heldQuestion = batch;
    else this.answer(batch);
  }

  /** The learner finished an update, or gave one up. */
  updated(message: UpdateMessage): void {
    this.newest = message.snapshot;
    this.accepting = message.accepting;
    this.decisions = message.decisions;
    this.updating = false;
    this.actor.setUpdating(false);
    this.actor.adopt(message.snapshot, this.settings, message.normalisation, message.addedPast);
    if (message.buffer !== null) this.actor.takeBack(message.buffer);
    this.record();
    const waiting = this.waitingRollout;
    this.waitingRollout = null;
    if (waiting !== null) {
      if (this.accepting) this.handOver(waiting);
      else this.actor.takeBack(waiting.rollout.buffer);
    }
    if (this.heldQuestion !== null && !(this.lockstep && this.updating)) {
      const batch = this.heldQuestion;
      this.heldQuestion = null;
      this.answer(batch);
    }
  }

  async setHyperparameters(hyperparameters: Hyperparameters): Promise<void> {
    this.settings = hyperparameters;
    this.actor.adopt(this.newest, hyperparameters);
  }

  async setLearning(on: boolean): Promise<void> {
    this.learning = on;
    this.record();
  }

  /** As `ActorService` says. */
  setGathering(on: boolean, decisions: number): void {
    if (on === this.gathers) return;
    this.gathers = on;
    const waiting = this.waitingRollout;
    this.waitingRollout = null;
    if (waiting !== null) this.actor.takeBack(waiting.rollout.buffer);
    this.record();
    if (on) this.actor.setDecisions(decisions);
  }

  async setLockstep(on: boolean): Promise<void> {
    this.lockstep = on;
  }

  /** As `ActorService` says. */
  setThinking(arena: number | null): void {
    this.actor.setThinking(arena);
  }

  /** @throws PlaytrainError `bad-file` or `bad-settings` for a policy that does not fit; the one before stays. */
  setFrozen(choice: FrozenChoice): Policy {
    if (choice === 'newest') return this.actor.setFrozen(this.newest);
    if (!(choice instanceof Uint8Array)) return this.actor.setFrozen(choice, choice.observations);
    const { spec, hyperparameters } = this.start;
    const state = decodeTrainingState(choice, spec);
    refuseOtherNet(policyLayout(spec, hyperparameters), state);
    const { version, parameters, normalisation } = state;
    return this.actor.setFrozen({ version, parameters }, normalisation.observations);
  }

  /** Starts to beat the page's clock. @returns what stops it. */
  beat(): () => void {
    const timer = setInterval(() => this.page.postMessage('wake'), wakeIntervalMs);
    return () => clearInterval(timer);
  }

  private record(): void {
    this.actor.setRecording(this.learning && this.accepting && this.gathers);
  }

  private answer(batch: DecisionBatch): void {
    this.actor.act(batch, this.nowMs());
    if (!this.gathers) batch.decisions = this.decisions;
    this.tellThought(batch);
    this.page.postMessage(batch.buffer, [batch.buffer]);
  }

  private tellThought(batch: DecisionBatch): void {
    const nowMs = this.nowMs();
    if (nowMs - this.toldAtMs < thoughtEveryMs) return;
    const thought = this.actor.thought(batch);
    if (thought === null) return;
    this.toldAtMs = nowMs;
    this.page.postMessage(thought);
  }

  private handOver(full: FullRollout): void {
    if (this.updating) {
      this.waitingRollout = full;
      return;
    }
    this.updating = true;
    this.actor.setUpdating(true);
    handOver(this.learner, full);
  }
}
