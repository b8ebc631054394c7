import { stepMs } from './step-length';

/** At most so many steps are caught up in one frame, so that a page that slept does not race. */
const mostStepsAFrame = 6;
/** A display of sixty frames a second comes a little early or late; a step is not put off to the next frame for that. */
const earlyMs = 1;

/** Turns frames of any display into steps of a sixtieth of a second. Knows no clock: time comes in. */
export class Pacer {
  private lastMs: number | null = null;
  private owedMs = 0;

  /**
   * @param nowMs when a frame is to be drawn, or any moment between two.
   * @param left so many steps are left for later, such as for the frame to draw.
   * @returns how many are due.
   */
  stepsDue(nowMs: number, left = 0): number {
    if (this.lastMs !== null) this.owedMs += Math.max(0, nowMs - this.lastMs);
    // Frames are stamped with the moment at which drawing began, which may lie before the last.
    this.lastMs = Math.max(nowMs, this.lastMs ?? nowMs);
    const due = Math.max(0, Math.floor((this.owedMs + earlyMs) / stepMs) - left);
    if (due > mostStepsAFrame) {
      this.owedMs = 0;
      return mostStepsAFrame;
    }
    this.owedMs -= due * stepMs;
    return due;
  }
}
