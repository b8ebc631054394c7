/**
 * Looks lie a second apart. When two lie further, the machine slept, or the browser held the page's timers back: time
 * in which nobody could be seen to answer.
 */
const longestStretchMs = 2_000;

/** Counts the time in which this thread was awake, so that a laptop that slept finds nobody late. */
export class AwakeTime {
  private lookedMs: number | null = null;

  /**
   * Has a look; to be called every second or so.
   *
   * @param nowMs milliseconds of a clock that only rises.
   * @returns how long this thread was awake since the last look, milliseconds.
   */
  look(nowMs: number): number {
    const awakeMs = Math.min(longestStretchMs, nowMs - (this.lookedMs ?? nowMs));
    this.lookedMs = nowMs;
    return awakeMs;
  }
}
