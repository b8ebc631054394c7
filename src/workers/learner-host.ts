import type { FullRollout } from '../agent/actor';
import { encodeTrainingState } from '../agent/checkpoint';
import { episodesJudged } from '../agent/episode-statistics';
import type { Learner, LearnerUpdate } from '../agent/learner';
import {
  type AgentEvent,
  createRollout,
  type FrameReport,
  type Hyperparameters,
  type NormalisationData,
  PlaytrainError,
  type Policy,
  seatsOf,
} from '../contract';
import type { MinibatchPauses } from './minibatch-pauses';
import type { Post } from './post';
import type {
  LearnerBegun,
  LearnerToCollector,
  LearnerToPage,
  RolloutMessage,
  UpdateMessage,
} from './protocol';
import { type Dropped, RolloutAssembly } from './rollout-assembly';

/** A checkpoint goes to the page at most this often, unless it is the best so far. */
const checkpointIntervalMs = 1000;
/** After this many updates in a row that had to be taken back, learning stops and says so. */
const mostFailuresInARow = 3;

const staleMessage =
  'A rollout came too late for the policy that it was to improve, and was left out. Learning goes on; if this repeats, choose fewer collectors and report it.';

/**
 * Serves a learner: rollouts in; snapshots, events and checkpoints out. One update at a time, from one rollout of the
 * actor, or of each collector where there are any.
 */
export class LearnerHost {
  private readonly learner: Learner;
  private readonly actor: Post<UpdateMessage>;
  private readonly collectors: readonly Post<LearnerToCollector>[];
  private readonly assembly: RolloutAssembly;
  private readonly page: Post<LearnerToPage>;
  private readonly nowMs: () => number;
  private readonly pauses: MinibatchPauses;
  private wished: Hyperparameters;
  private normalisation: NormalisationData;
  private decisions: number;
  private updating = false;
  private accepting = true;
  /** Of rollouts left out since the last update. */
  private droppedDecisions = 0;
  private failuresInARow = 0;
  private bestReturn: number;
  private lastCheckpointMs = Number.NEGATIVE_INFINITY;

  constructor(
    learner: Learner,
    actor: Post<UpdateMessage>,
    collectors: readonly Post<LearnerToCollector>[],
    page: Post<LearnerToPage>,
    nowMs: () => number,
    bestReturn: number | null,
    pauses: MinibatchPauses,
  ) {
    this.learner = learner;
    this.actor = actor;
    this.collectors = collectors;
    this.assembly = new RolloutAssembly(Math.max(1, collectors.length));
    this.page = page;
    this.nowMs = nowMs;
    this.pauses = pauses;
    this.bestReturn = bestReturn ?? Number.NEGATIVE_INFINITY;
    const { hyperparameters, normalisation, decisions } = learner.trainingState();
    this.wished = hyperparameters;
    this.normalisation = normalisation;
    this.decisions = decisions;
  }

  /** What the actor needs to begin, but where it computes. */
  begun(): Omit<LearnerBegun, 'acting'> {
    const { spec, hyperparameters, normalisation, past, decisions } = this.learner.trainingState();
    return { spec, hyperparameters, snapshot: this.learner.snapshot(), normalisation, past, decisions };
  }

  setHyperparameters(hyperparameters: Hyperparameters): void {
    this.learner.setHyperparameters(hyperparameters);
    this.wished = hyperparameters;
    this.pauses.setPriority(hyperparameters.priority);
  }

  frames(report: FrameReport): void {
    this.pauses.report(report);
  }

  checkpoint(): Uint8Array<ArrayBuffer> {
    return encodeTrainingState(this.learner.trainingState());
  }

  say(event: AgentEvent): void {
    this.page.postMessage({ kind: 'event', event });
  }

  /**
   * A rollout arrived. Whoever sent it always gets an answer, whatever becomes of the update.
   *
   * @param source the collector's number; 0 for the actor.
   */
  async rollout(message: RolloutMessage, source = 0): Promise<void> {
    this.assembly.add(source, message);
    if (this.updating) return;
    this.updating = true;
    try {
      for (let parts = this.takeParts(); parts !== null; parts = this.takeParts())
        await this.learnFrom(parts);
    } finally {
      this.updating = false;
    }
  }

  /** One rollout of each source; null while one is missing. What cannot be learned from goes back. */
  private takeParts(): readonly RolloutMessage[] | null {
    if (!this.accepting) {
      for (const left of this.assembly.clear()) this.answer(left.source, left.message.buffer);
      return null;
    }
    const { parts, dropped } = this.assembly.take(this.learner.snapshot().version, this.wished.rolloutLength);
    for (const each of dropped) this.drop(each);
    return parts;
  }

  private drop({ source, message, reason }: Dropped): void {
    if (reason === 'stale') this.say({ kind: 'warning', message: staleMessage });
    this.droppedDecisions += message.shape.steps * message.shape.agents;
    this.answer(source, message.buffer);
  }

  private async learnFrom(parts: readonly RolloutMessage[]): Promise<void> {
    this.say({ kind: 'updateStarted', version: this.learner.snapshot().version });
    for (const collector of this.collectors) collector.postMessage('updateStarted');
    let addedNow: Policy | null = null;
    try {
      const report = await this.update(
        ...parts.map(({ buffer, shape, ...notes }) => ({ rollout: createRollout(shape, buffer), ...notes })),
      );
      this.failuresInARow = 0;
      const { metrics, hyperparameters, changed, normalisation, addedPast } = report;
      addedNow = addedPast;
      this.normalisation = normalisation;
      this.decisions = metrics.decisions;
      this.say({ kind: 'updated', metrics, hyperparameters, changed });
      // Returns under other weights cannot be compared with those before.
      if (changed.some(({ key }) => key === 'rewardWeights')) this.bestReturn = Number.NEGATIVE_INFINITY;
      this.keep(metrics.meanReturn, metrics.episodes > 0);
    } catch (error) {
      this.accepting = this.tellFailure(error);
    }
    parts.forEach(({ buffer }, source) => {
      this.answer(source, buffer, addedNow);
    });
    if (this.collectors.length > 0) this.actor.postMessage(this.updateMessage(null, addedNow));
  }

  private answer(source: number, buffer: ArrayBuffer, addedPast: Policy | null = null): void {
    const port: Post<UpdateMessage> = this.collectors[source] ?? this.actor;
    port.postMessage(this.updateMessage(buffer, addedPast), [buffer]);
  }

  private updateMessage(buffer: ArrayBuffer | null, addedPast: Policy | null): UpdateMessage {
    const { normalisation, decisions, accepting } = this;
    const snapshot = this.learner.snapshot();
    const hyperparameters = this.wished;
    return { snapshot, normalisation, addedPast, hyperparameters, decisions, buffer, accepting };
  }

  private async update(...parts: readonly FullRollout[]): Promise<LearnerUpdate> {
    this.pauses.updateBegins();
    let learningShare = 1;
    const report = await this.learner.update(...parts).finally(() => {
      learningShare = this.pauses.updateEnds();
    });
    const unrecordedDecisions = report.metrics.unrecordedDecisions + this.droppedDecisions;
    this.droppedDecisions = 0;
    return { ...report, metrics: { ...report.metrics, learningShare, unrecordedDecisions } };
  }

  private tellFailure(error: unknown): boolean {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof PlaytrainError && error.code === 'context-lost') throw error;
    this.failuresInARow += 1;
    if (this.failuresInARow < mostFailuresInARow) {
      this.say({ kind: 'warning', message });
      return true;
    }
    const wayBack =
      seatsOf(this.learner.trainingState().spec) === 1 ? 'restart, or continue from the best' : 'restart';
    this.say({
      kind: 'failed',
      message: `${message} This happened ${mostFailuresInARow} times in a row, so learning has stopped; the policy is as it was before. Change the settings and ${wayBack}.`,
    });
    return false;
  }

  private keep(meanReturn: number | null, episodesEnded: boolean): void {
    const { spec, version, decisions, recentEpisodes } = this.learner.trainingState();
    // Where agents meet, the return tells who the opponents were, and is no measure of the policy.
    const judged = seatsOf(spec) === 1 && episodesEnded && recentEpisodes.length === episodesJudged;
    const isBest = judged && meanReturn !== null && meanReturn > this.bestReturn;
    const nowMs = this.nowMs();
    if (!isBest && nowMs - this.lastCheckpointMs < checkpointIntervalMs) return;
    if (isBest) this.bestReturn = meanReturn;
    this.lastCheckpointMs = nowMs;
    const bytes = this.checkpoint();
    this.page.postMessage(
      { kind: 'checkpoint', checkpoint: { bytes, version, decisions, meanReturn, isBest } },
      [bytes.buffer],
    );
  }
}
