import { encodeTrainingState } from '../agent/checkpoint';
import type { Learner } from '../agent/learner';
import { episodesJudged } from '../agent/episode-statistics';
import {
  type AgentEvent,
  createRollout,
  type Hyperparameters,
  hyperparameterFields,
  PlaytrainError,
} from '../contract';
import type { LearnerBegun, LearnerToPage, RolloutMessage, UpdateMessage } from './doors';

/** A checkpoint goes to the page at most this often, unless it is the best so far. */
const checkpointIntervalMs = 1000;
/** After this many updates in a row that had to be taken back, learning stops and says so. */
const mostFailuresInARow = 3;
const rewardWeightsLabel = hyperparameterFields.find(({ key }) => key === 'rewardWeights')?.label ?? '';

interface Post<Message> {
  postMessage(message: Message, transfer?: Transferable[]): void;
}

/** Serves a learner: rollouts in; snapshots, events and checkpoints out. One update at a time. */
export class LearnerHost {
  private readonly learner: Learner;
  private readonly actor: Post<UpdateMessage>;
  private readonly page: Post<LearnerToPage>;
  private readonly nowMs: () => number;
  private failuresInARow = 0;
  private bestReturn: number;
  private lastCheckpointMs = Number.NEGATIVE_INFINITY;

  constructor(
    learner: Learner,
    actor: Post<UpdateMessage>,
    page: Post<LearnerToPage>,
    nowMs: () => number,
    bestReturn: number | null,
  ) {
    this.learner = learner;
    this.actor = actor;
    this.page = page;
    this.nowMs = nowMs;
    this.bestReturn = bestReturn ?? Number.NEGATIVE_INFINITY;
  }

  /** What the actor needs to begin. */
  begun(): LearnerBegun {
    const { spec, hyperparameters, normalisation, decisions } = this.learner.trainingState();
    return { spec, hyperparameters, snapshot: this.learner.snapshot(), normalisation, decisions };
  }

  setHyperparameters(hyperparameters: Hyperparameters): void {
    this.learner.setHyperparameters(hyperparameters);
  }

  checkpoint(): Uint8Array<ArrayBuffer> {
    return encodeTrainingState(this.learner.trainingState());
  }

  say(event: AgentEvent): void {
    this.page.postMessage({ kind: 'event', event });
  }

  /** A rollout arrived. The actor always gets an answer, whatever becomes of the update. */
  async rollout(message: RolloutMessage): Promise<void> {
    const { buffer, shape, episodes, counters, normalisation } = message;
    this.say({ kind: 'updateStarted', version: this.learner.snapshot().version });
    let accepting = true;
    try {
      const report = await this.learner.update({
        rollout: createRollout(shape, buffer),
        episodes,
        counters,
        normalisation,
      });
      this.failuresInARow = 0;
      const { metrics, hyperparameters, changed } = report;
      this.say({ kind: 'updated', metrics, hyperparameters, changed });
      // Returns under other weights cannot be compared with those before.
      if (changed.includes(rewardWeightsLabel)) this.bestReturn = Number.NEGATIVE_INFINITY;
      this.keep(metrics.meanReturn, metrics.episodes > 0);
    } catch (error) {
      accepting = this.tellFailure(error);
    }
    this.actor.postMessage({ snapshot: this.learner.snapshot(), buffer, accepting }, [buffer]);
  }

  private tellFailure(error: unknown): boolean {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof PlaytrainError && error.code === 'context-lost') throw error;
    this.failuresInARow += 1;
    if (this.failuresInARow < mostFailuresInARow) {
      this.say({ kind: 'warning', message });
      return true;
    }
    this.say({
      kind: 'failed',
      message: `${message} This happened ${mostFailuresInARow} times in a row, so learning has stopped; the policy is as it was before. Change the settings and restart, or continue from the best.`,
    });
    return false;
  }

  private keep(meanReturn: number | null, episodesEnded: boolean): void {
    const { version, decisions, recentEpisodes } = this.learner.trainingState();
    const judged = episodesEnded && recentEpisodes.length === episodesJudged;
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
