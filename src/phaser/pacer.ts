import { stepMs } from './step-length';

/** At most so many steps are caught up in one frame, so that a page that slept does not race. */
const mostStepsAFrame = 6;
/** A display of sixty frames a second comes a little early or late; a step is not put off to the next frame for that. */
const earlyMs = 1;

/** Turns frames of any display into steps of a sixtieth of a second. Knows no clock: time comes in. */
export class Pacer {
  private lastMs: number | null = null;
  private owedMs = 0;

  /** @returns how many steps are due, now that a frame is to be drawn at `nowMs`. */
  stepsDue(nowMs: number): number {
    if (this.lastMs !== null) this.owedMs += Math.max(0, nowMs - this.lastMs);
    this.lastMs = nowMs;
    const due = Math.floor((this.owedMs + earlyMs) / stepMs);
    if (due > mostStepsAFrame) {
      this.owedMs = 0;
      return mostStepsAFrame;
    }
    this.owedMs -= due * stepMs;
    return due;
  }
}
