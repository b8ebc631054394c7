import { encodeTrainingState } from '../agent/checkpoint';
import type { FullRollout } from '../agent/full-rollout';
import type { Learner, LearnerUpdate } from '../agent/learner';
import {
  type AgentEvent,
  type ArenaFault,
  type CapturedUpdate,
  createRollout,
  type FrameReport,
  type Hyperparameters,
  type NormalisationData,
  PlaytrainError,
  type Policy,
  seatsOf,
  sentenceOf,
} from '../contract';
import type { MinibatchPauses } from './minibatch-pauses';
import type { Post } from './post';
import type {
  KeptCheckpoint,
  LearnerBegun,
  LearnerStart,
  LearnerToCollector,
  LearnerToPage,
  RolloutMessage,
  UpdateMessage,
} from './protocol';
import { type Dropped, RolloutAssembly } from './rollout-assembly';
import { UpdateCapture } from './update-capture';

/**
 * A checkpoint goes to the page at most this often, unless it is the best so far: a page that is closed keeps the last
 * that it has.
 */
const checkpointIntervalMs = 250;
/** Of the worker's time, this much at most goes into checkpoints: those of large nets come less often. */
const checkpointShare = 0.02;
/** After this many updates in a row that had to be taken back, learning stops and says so. */
const mostFailuresInARow = 3;

export interface LearnerHostOptions {
  readonly learner: Learner;
  readonly actor: Post<UpdateMessage>;
  /** With none, the actor hands over what is learned from. */
  readonly collectors: readonly Post<LearnerToCollector>[];
  readonly page: Post<LearnerToPage>;
  readonly pauses: Pick<
    MinibatchPauses,
    'setPriority' | 'setTogether' | 'report' | 'updateBegins' | 'updateEnds'
  >;
  /** The best that is kept of this run; null when none is. */
  readonly best: LearnerStart['best'];
  /** Milliseconds, from any start. */
  readonly nowMs: () => number;
  /** Calls `work` once, after a time. */
  readonly later: (durationMs: number, work: () => void) => void;
  /** The learner has lost its device; another one is to go on from the last checkpoint. */
  readonly lost: (error: unknown) => void;
  /** An update was finished; called once all have been told of it. */
  readonly updated?: () => void;
  /** An update was taken back. */
  readonly failed?: () => void;
}

/**
 * Serves a learner: rollouts in; snapshots, events and checkpoints out. One update at a time, from one rollout of the
 * actor, or of each collector where there are any.
 */
export class LearnerHost {
  private readonly options: LearnerHostOptions;
  private readonly learner: Learner;
  private readonly seats: number;
  private collectors: readonly Post<LearnerToCollector>[];
  private assembly: RolloutAssembly;
  private wished: Hyperparameters;
  private normalisation: NormalisationData;
  private decisions: number;
  private isServing = false;
  /** To be done between two updates. */
  private readonly errands: (() => Promise<void>)[] = [];
  private accepting = true;
  /** Of rollouts left out since the last update. */
  private droppedDecisions = 0;
  private failuresInARow = 0;
  private readonly capture = new UpdateCapture();
  private readonly toldFaults = new Set<ArenaFault['kind']>();
  private bestReturn: number;
  /** After the last update. */
  private meanReturn: number | null = null;
  private sentVersion: number;
  /** When the next checkpoint may go to the page. */
  private nextCheckpointMs = Number.NEGATIVE_INFINITY;
  /** What the last one took. */
  private checkpointMs = 0;
  private isSendingLater = false;

  constructor(options: LearnerHostOptions) {
    const { learner, collectors, best } = options;
    this.options = options;
    this.learner = learner;
    this.collectors = collectors;
    options.pauses.setTogether(collectors.length > 0);
    this.assembly = new RolloutAssembly(Math.max(1, collectors.length));
    const { spec, hyperparameters, normalisation, decisions, version, rewardsSince } =
      learner.trainingState();
    // What came of other reward weights cannot be compared.
    const isComparable = best !== null && best.version >= rewardsSince.version;
    this.bestReturn = (isComparable ? best.meanReturn : null) ?? Number.NEGATIVE_INFINITY;
    this.seats = seatsOf(spec);
    this.wished = hyperparameters;
    this.normalisation = normalisation;
    this.decisions = decisions;
    this.sentVersion = version;
  }

  /** What the actor needs to begin, but where it computes. */
  begun(): Omit<LearnerBegun, 'acting'> {
    const { spec, hyperparameters, normalisation, past, decisions } = this.learner.trainingState();
    return { spec, hyperparameters, snapshot: this.learner.snapshot(), normalisation, past, decisions };
  }

  /**
   * Takes rollouts from other collectors, or, with none, from the actor, once an update under way is over; those that
   * wait by then go back.
   *
   * @returns what they need to begin, but where they compute.
   */
  async replaceCollectors(
    collectors: readonly Post<LearnerToCollector>[],
  ): Promise<Omit<LearnerBegun, 'acting'>> {
    this.giveBack();
    return this.betweenUpdates(async () => {
      this.giveBack();
      this.collectors = collectors;
      if (this.capture.arena !== null) this.tellInspected();
      this.options.pauses.setTogether(collectors.length > 0);
      this.assembly = new RolloutAssembly(Math.max(1, collectors.length));
      return { ...this.begun(), hyperparameters: this.wished };
    });
  }

  /** Does `work` once no update is under way; the next one waits for it. */
  betweenUpdates<Result>(work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.errands.push(() => work().then(resolve, reject));
      void this.serve();
    });
  }

  /** As last wished. */
  get hyperparameters(): Hyperparameters {
    return this.wished;
  }

  /** @throws PlaytrainError `bad-settings`; nothing changes then. */
  setHyperparameters(hyperparameters: Hyperparameters): void {
    this.learner.setHyperparameters(hyperparameters);
    this.wished = hyperparameters;
    this.options.pauses.setPriority(hyperparameters.priority);
  }

  frames(report: FrameReport): void {
    const windows = this.options.pauses.report(report);
    for (const collector of this.collectors) collector.postMessage({ windows });
  }

  checkpoint(): Uint8Array<ArrayBuffer> {
    return encodeTrainingState(this.learner.trainingState());
  }

  /** The state after the newest update, which from now on counts as sent; null where it was sent already. */
  unsentCheckpoint(): KeptCheckpoint | null {
    const { version, decisions } = this.learner.progress;
    if (version === this.sentVersion) return null;
    const { nowMs } = this.options;
    const beginMs = nowMs();
    const bytes = this.checkpoint();
    const tookMs = nowMs() - beginMs;
    this.sentVersion = version;
    // The first is not compiled yet, and any may be held up by another program: one that took long says nothing.
    const usualMs = Math.min(tookMs, this.checkpointMs);
    this.checkpointMs = tookMs;
    this.nextCheckpointMs = beginMs + Math.max(checkpointIntervalMs, usualMs / checkpointShare);
    return { bytes, version, decisions, meanReturn: this.meanReturn, isBest: false };
  }

  say(event: AgentEvent): void {
    this.options.page.postMessage({ kind: 'event', event });
  }

  /** See `LearnerService`. */
  captureUpdate(arena: number, seat: number): Promise<CapturedUpdate | null> {
    const captured = this.capture.ask(arena, arena * this.seats + seat);
    this.tellInspected();
    return captured;
  }

  /**
   * A rollout arrived. Whoever sent it always gets an answer, whatever becomes of the update.
   *
   * @param source the collector's number, or the actor, whose last may still be under way when collectors take over.
   */
  async rollout(message: RolloutMessage, source: number | 'actor' = 'actor'): Promise<void> {
    if (source === 'actor' && this.collectors.length > 0) {
      this.post(this.options.actor, message.buffer, null);
      return;
    }
    this.assembly.add(source === 'actor' ? 0 : source, message);
    await this.serve();
  }

  /** Does what there is to do, one thing after the other; returns at once where that is under way. */
  private async serve(): Promise<void> {
    if (this.isServing) return;
    this.isServing = true;
    try {
      // Between finding nothing to do and no longer serving nobody else may get a word in, or their work would lie.
      for (let work = this.nextWork(); work !== null; work = this.nextWork()) await work();
    } catch (error) {
      this.options.lost(error);
    } finally {
      this.isServing = false;
    }
  }

  /** @returns null where there is nothing to do; what it returns throws PlaytrainError `context-lost`. */
  private nextWork(): (() => Promise<void>) | null {
    const errand = this.errands.shift();
    if (errand !== undefined) return errand;
    const parts = this.takeParts();
    return parts === null ? null : () => this.learnFrom(parts);
  }

  /** One rollout of each source; null while one is missing. What cannot be learned from goes back. */
  private takeParts(): readonly RolloutMessage[] | null {
    if (!this.accepting) {
      this.giveBack();
      return null;
    }
    const { parts, dropped } = this.assembly.take(this.learner.version, this.wished.rolloutLength);
    for (const each of dropped) this.drop(each);
    return parts;
  }

  /** What waits goes back to who handed it over. */
  private giveBack(): void {
    for (const { source, message } of this.assembly.clear()) this.answer(source, message.buffer);
  }

  private drop({ source, message, reason }: Dropped): void {
    if (reason === 'stale') this.say({ kind: 'warning', message: '', remedy: { code: 'rolloutLeftOut' } });
    this.droppedDecisions += message.shape.steps * message.shape.agents;
    this.answer(source, message.buffer);
  }

  private async learnFrom(parts: readonly RolloutMessage[]): Promise<void> {
    this.tellFaults(parts);
    this.say({ kind: 'updateStarted', version: this.learner.version });
    for (const collector of this.collectors) collector.postMessage('updateStarted');
    const agent = this.capture.agentIn(parts, this.collectors.length > 0);
    if (agent !== null) this.learner.captureNext(agent);
    const report = await this.attempt(parts);
    if (report?.captured) this.captured(report.captured);
    const addedPast = report?.addedPast ?? null;
    parts.forEach(({ buffer }, source) => {
      this.answer(source, buffer, addedPast);
    });
    if (this.collectors.length > 0) this.post(this.options.actor, null, addedPast);
    if (report === null) this.options.failed?.();
    else this.telling(() => this.tell(report));
  }

  private captured(update: CapturedUpdate): void {
    this.capture.answer(update);
    this.tellInspected();
  }

  private tellInspected(): void {
    for (const collector of this.collectors) collector.postMessage({ noteStatesOf: this.capture.arena });
  }

  /** @returns what an update did; null where it was taken back, which is told. @throws PlaytrainError `context-lost`. */
  private async attempt(parts: readonly RolloutMessage[]): Promise<LearnerUpdate | null> {
    try {
      const report = await this.update(
        ...parts.map(({ buffer, shape, ...notes }) => ({ rollout: createRollout(shape, buffer), ...notes })),
      );
      this.failuresInARow = 0;
      this.normalisation = report.normalisation;
      this.decisions = report.metrics.decisions;
      this.meanReturn = report.metrics.meanReturn;
      return report;
    } catch (error) {
      this.accepting = this.tellFailure(error);
      return null;
    }
  }

  private tell(report: LearnerUpdate): void {
    const { metrics, hyperparameters, changed, judgedReturn } = report;
    this.say({ kind: 'updated', metrics, hyperparameters, changed });
    // Returns under other weights cannot be compared with those before.
    if (report.rewardsChanged) this.bestReturn = Number.NEGATIVE_INFINITY;
    this.sendCheckpoint(metrics.episodes > 0 ? judgedReturn : null);
    this.options.updated?.();
  }

  /** The update is done, and its policy acts: what goes wrong when the page is told of it does not undo that. */
  private telling(work: () => void): void {
    try {
      work();
    } catch (error) {
      try {
        this.say({ kind: 'warning', message: sentenceOf(error) });
      } catch {
        // The page cannot be told of anything; the worker is as good as before.
      }
    }
  }

  /** Of each kind of fault the first is told: the game that has one often has many. */
  private tellFaults(parts: readonly RolloutMessage[]): void {
    for (const { kind, message } of parts.flatMap(({ faults = [] }) => faults)) {
      if (this.toldFaults.has(kind)) continue;
      this.toldFaults.add(kind);
      this.say({ kind: 'warning', message });
    }
  }

  private answer(source: number, buffer: ArrayBuffer, addedPast: Policy | null = null): void {
    this.post(this.collectors[source] ?? this.options.actor, buffer, addedPast);
  }

  /** The weights are copied once for each who acts by them, and moved there. */
  private post(port: Post<UpdateMessage>, buffer: ArrayBuffer | null, addedPast: Policy | null): void {
    const { normalisation, decisions, accepting, wished: hyperparameters } = this;
    const snapshot = this.learner.snapshot();
    const moved = [snapshot.parameters.buffer, ...(buffer === null ? [] : [buffer])];
    port.postMessage(
      { snapshot, normalisation, addedPast, hyperparameters, decisions, buffer, accepting },
      moved,
    );
  }

  private async update(...parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    const { pauses } = this.options;
    pauses.updateBegins();
    let learningShare = 1;
    const report = await this.learner.update(...parts).finally(() => {
      learningShare = pauses.updateEnds();
    });
    const unrecordedDecisions = report.metrics.unrecordedDecisions + this.droppedDecisions;
    this.droppedDecisions = 0;
    return { ...report, metrics: { ...report.metrics, learningShare, unrecordedDecisions } };
  }

  private tellFailure(error: unknown): boolean {
    const message = sentenceOf(error);
    if (error instanceof PlaytrainError && error.code === 'context-lost') throw error;
    this.failuresInARow += 1;
    if (this.failuresInARow < mostFailuresInARow) {
      this.say({ kind: 'warning', message });
      return true;
    }
    const surrender = {
      code: 'updatesFailed',
      inARow: mostFailuresInARow,
      hasBest: this.seats === 1,
    } as const;
    this.say({ kind: 'failed', message, surrender });
    return false;
  }

  /** The best so far goes to the page at once; any other now, or later where the last one was just sent. */
  private sendCheckpoint(judgedReturn: number | null): void {
    // Where agents meet, the return tells who the opponents were, and is no measure of the policy.
    const isBest = this.seats === 1 && judgedReturn !== null && judgedReturn > this.bestReturn;
    if (isBest) this.bestReturn = judgedReturn;
    const dueMs = this.nextCheckpointMs - this.options.nowMs();
    if (isBest || dueMs <= 0) {
      this.sendUnsent(isBest);
      return;
    }
    if (this.isSendingLater) return;
    this.isSendingLater = true;
    this.options.later(dueMs, () => {
      this.isSendingLater = false;
      this.telling(() => this.sendUnsent(false));
    });
  }

  private sendUnsent(isBest: boolean): void {
    const checkpoint = this.unsentCheckpoint();
    if (checkpoint === null) return;
    this.options.page.postMessage({ kind: 'checkpoint', checkpoint: { ...checkpoint, isBest } }, [
      checkpoint.bytes.buffer,
    ]);
  }
}
