/** Figures that change all the time are drawn anew this often at most, and this often at least. */
const shortestMs = 100;
const longestMs = 4_000;
const firstMs = 250;
/** A redraw after which frames took this much longer than before it made one late. */
const lateFactor = 1.3;
/** So that redraws of which one in fourteen makes a frame late are slowed down: 4 · 0.9¹³ = 1. */
const slower = 4;
const faster = 0.9;

/** Frames that are looked at on each side of a redraw. */
export const framesCompared = 3;

/**
 * How long to wait from one redraw of the page's figures to the next: longer where redraws make frames late, as they do
 * where no graphics processor composes the page. Knows no clock; times are those of animation frames.
 */
export class RedrawPace {
  private intervalMs = firstMs;
  private drawnMs = Number.NEGATIVE_INFINITY;

  /** How long from `nowMs` until the next redraw. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.drawnMs + this.intervalMs - nowMs);
  }

  /**
   * A redraw happened at `drawnMs`.
   *
   * @param beforeMs what `framesCompared` frames took before it, and `afterMs` as many after.
   */
  judge(drawnMs: number, beforeMs: number, afterMs: number): void {
    this.drawnMs = drawnMs;
    const factor = afterMs > lateFactor * beforeMs ? slower : faster;
    this.intervalMs = Math.min(longestMs, Math.max(shortestMs, factor * this.intervalMs));
  }
}
