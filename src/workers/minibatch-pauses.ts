import type { MinibatchTrainer } from '../agent/minibatch-trainer';
import { Pace } from '../agent/pace';
import type { WorkWindows } from '../agent/work-windows';
import type { FrameReport, Priority } from '../contract';
import { PageClock } from './page-clock';
import { createYield } from './yield';

/** Snapshots, settings and heartbeats wait at most this long, and one minibatch, for the worker's thread. */
const yieldEveryMs = 4;

/** What pauses need of the place that it runs in. */
export interface PausePlace {
  /** Milliseconds since the Unix epoch, monotonic. */
  readonly nowMs: () => number;
  /** Resolves once the messages that are queued have been heard. */
  readonly yieldToMessages: () => Promise<void>;
  /** Resolves after a time; 5 ms and more are asked for. */
  readonly rest: (durationMs: number) => Promise<void>;
}

function workerPlace(): PausePlace {
  return {
    nowMs: () => performance.timeOrigin + performance.now(),
    yieldToMessages: createYield(),
    rest: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  };
}

/**
 * What a learner does between minibatches: lets messages in, keeps at most one slice queued on the device, and rests as
 * the pace says, so that the game's frames come in time.
 */
export class MinibatchPauses {
  private readonly pace: Pace;
  private readonly place: PausePlace;
  private readonly pageClock = new PageClock();
  private heardMs = 0;

  constructor(priority: Priority, place: PausePlace = workerPlace()) {
    this.pace = new Pace(priority);
    this.place = place;
  }

  setPriority(priority: Priority): void {
    this.pace.setPriority(priority);
  }

  /** Whether other threads gather meanwhile. */
  setTogether(on: boolean): void {
    this.pace.setTogether(on);
  }

  /** @returns when threads that gather meanwhile are to work, too; null where they need not rest. */
  report(report: FrameReport): WorkWindows | null {
    this.pace.report(this.pageClock.onOurs(report, this.place.nowMs()));
    return this.pace.windows;
  }

  updateBegins(): void {
    this.heardMs = this.place.nowMs();
    this.pace.updateBegins(this.heardMs);
  }

  /** @returns the share of the update's time in which learning worked, 0 to 1. */
  updateEnds(): number {
    return this.pace.updateEnds(this.place.nowMs());
  }

  /** For `LearnerOptions.breathe`. */
  readonly pause = async (trainer: Pick<MinibatchTrainer, 'settle'>): Promise<void> => {
    const { nowMs, yieldToMessages, rest } = this.place;
    const steppedMs = nowMs();
    if (!this.pace.step(steppedMs)) {
      if (steppedMs - this.heardMs < yieldEveryMs) return;
      await yieldToMessages();
      this.heardMs = nowMs();
      return;
    }
    const idleMs = await trainer.settle();
    const restMs = this.pace.settled(nowMs(), idleMs);
    // A rest lets messages in as well.
    await (restMs > 0 ? rest(restMs) : yieldToMessages());
    this.heardMs = nowMs();
    this.pace.resumes(this.heardMs);
  };
}
