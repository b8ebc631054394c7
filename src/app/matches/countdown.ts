/** A stall is not to eat the countdown. */
const longestFrameMs = 100;

/** Time by frames until a match begins. */
export class Countdown {
  private readonly wholeMs: number;
  private leftMs: number;
  private lastMs: number | null = null;

  constructor(wholeMs: number) {
    this.wholeMs = wholeMs;
    this.leftMs = wholeMs;
  }

  get isOver(): boolean {
    return this.leftMs <= 0;
  }

  get seconds(): number {
    return Math.min(Math.max(0, this.leftMs), this.wholeMs) / 1000;
  }

  /** A frame is drawn. @param counts whether the time since the last one counts. @returns whether it is over by it. */
  frame(nowMs: number, counts: boolean): boolean {
    const elapsedMs = this.lastMs === null ? 0 : Math.min(nowMs - this.lastMs, longestFrameMs);
    this.lastMs = nowMs;
    if (this.isOver || !counts) return false;
    this.leftMs -= elapsedMs;
    return this.isOver;
  }

  /** Time stands still until the frame after the next. */
  rest(): void {
    this.lastMs = null;
  }
}
