import { Actor } from '../agent/actor';
import { settingsOfShare } from '../agent/arena-shares';
import { type CollectedRollout, Collector } from '../agent/collector';
import { isFrameForWork, restLeftMs, type WorkWindows } from '../agent/work-windows';
import type { DecisionEnvironment, ScriptedPlayer } from '../contract';
import { handOver } from './hand-over';
import type { Post } from './post';
import type { CollectorStart, LearnerToCollector, RolloutMessage } from './protocol';

/** Snapshots wait at most this long, and one decision, for the worker's thread. */
const sliceMs = 2;
/** One rollout with the learner, one filling. */
const mostRolloutsOut = 2;

/** What a collector plays: its share of the run's arenas, and who else may be met there. */
export interface CollectedGame {
  readonly environment: DecisionEnvironment;
  readonly scripted: readonly ScriptedPlayer[];
}

/**
 * Plays a share of a run's arenas as fast as it can, and hands full rollouts to the learner. With two of them out it
 * waits for one to come back: then a third would be older than an update allows.
 */
export class CollectorHost {
  private readonly collector: Collector;
  private readonly start: CollectorStart;
  private readonly learner: Post<RolloutMessage>;
  private readonly nowMs: () => number;
  private running = false;
  private lockstep = false;
  private accepting = true;
  private rolloutsOut = 0;
  private windows: WorkWindows | null = null;
  private wake: () => void = () => {};

  constructor(
    { environment, scripted }: CollectedGame,
    start: CollectorStart,
    learner: Post<RolloutMessage>,
    nowMs: () => number,
  ) {
    const { share, past } = start;
    const { firstArena } = share;
    const hyperparameters = settingsOfShare(start.hyperparameters, share);
    const { decisionIntervalTicks } = hyperparameters;
    this.start = start;
    this.learner = learner;
    this.nowMs = nowMs;
    this.collector = new Collector({
      environment,
      actor: new Actor({
        ...start,
        hyperparameters,
        firstArena,
        opponents: { past, scripted },
      }),
      decisionIntervalTicks,
      firstArena,
      clock: nowMs,
    });
  }

  /** The learner began an update, finished one, or gave a rollout back unused. */
  hear(message: LearnerToCollector): void {
    const { actor } = this.collector;
    if (message === 'updateStarted') {
      actor.setUpdating(true);
      return;
    }
    if ('noteStatesOf' in message) {
      this.collector.noteStates(message.noteStatesOf);
      return;
    }
    if ('windows' in message) {
      this.windows = message.windows;
      return;
    }
    const { snapshot, hyperparameters, normalisation, addedPast, buffer, accepting } = message;
    this.accepting = accepting;
    actor.setUpdating(false);
    actor.adopt(snapshot, settingsOfShare(hyperparameters, this.start.share), normalisation, addedPast);
    if (buffer !== null) {
      actor.takeBack(buffer);
      this.rolloutsOut -= 1;
    }
    this.wake();
  }

  setRunning(on: boolean): void {
    this.running = on;
    this.wake();
  }

  setLockstep(on: boolean): void {
    this.lockstep = on;
    this.wake();
  }

  /** Plays until there is nothing to play for, or a slice of time is over. @returns whether there is more to play. */
  work(): boolean {
    const startMs = this.nowMs();
    while (this.mayDecide()) {
      if (this.nowMs() - startMs >= sliceMs) return true;
      this.send(this.collector.decide());
    }
    return false;
  }

  /** As `work`, in a game that waits for more than ticks. */
  async workSettled(): Promise<boolean> {
    const startMs = this.nowMs();
    while (this.mayDecide()) {
      if (this.nowMs() - startMs >= sliceMs) return true;
      this.send(await this.collector.decideSettled());
    }
    return false;
  }

  /** How long to rest for the frames of the game that is seen, milliseconds; 0 while there is work. */
  get restMs(): number {
    return restLeftMs(this.windows, performance.timeOrigin + this.nowMs());
  }

  /** Whether a page that gathers in its own frames does so in the one that begins now. */
  get isFrameForWork(): boolean {
    return isFrameForWork(this.windows, performance.timeOrigin + this.nowMs());
  }

  /** Whether there is something to play for. */
  get isPlaying(): boolean {
    return this.running && this.accepting;
  }

  /**
   * One tick, for a game that goes by frames and waits for nobody: what there is no room for is played, and not recorded.
   *
   * @throws as `play`.
   */
  tick(): void {
    this.send(this.collector.tick());
  }

  /**
   * Works for ever.
   *
   * @param breathe lets messages in between two slices.
   * @throws PlaytrainError when the game or the policy gives numbers that are not finite.
   */
  async play(breathe: () => Promise<void>): Promise<never> {
    for (;;) {
      while (this.collector.hasToSettle ? await this.workSettled() : this.work()) {
        await breathe();
        const { restMs } = this;
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      }
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      await woken;
    }
  }

  private send(full: CollectedRollout | null): void {
    if (full === null) return;
    this.rolloutsOut += 1;
    handOver(this.learner, full);
  }

  private mayDecide(): boolean {
    const most = this.lockstep ? 1 : mostRolloutsOut;
    return this.isPlaying && this.rolloutsOut < most;
  }
}
