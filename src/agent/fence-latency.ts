/** So many waits behind which nothing was asked for are taken as a measure; the shortest counts. */
const measuredWaits = 3;

/**
 * Tells a device's work from what it takes to hear that it is done: a fence is looked at by a timer, and browsers tell of
 * it late. A wait that is begun when nothing is left to do is all latency; the first few waits are followed by one such.
 */
export class FenceLatency {
  private readonly caughtUp: () => Promise<void>;
  private readonly nowMs: () => number;
  private measured = 0;
  private shortestMs = Number.POSITIVE_INFINITY;

  /**
   * @param caughtUp resolves once the device is known to have done all that it was asked for.
   * @param nowMs any clock, milliseconds.
   */
  constructor(caughtUp: () => Promise<void>, nowMs: () => number) {
    this.caughtUp = caughtUp;
    this.nowMs = nowMs;
  }

  /** Waits for the device. @returns for how long the device had nothing left to do meanwhile, milliseconds. */
  async settle(): Promise<number> {
    await this.caughtUp();
    if (this.measured === measuredWaits) return this.shortestMs;
    const startMs = this.nowMs();
    await this.caughtUp();
    const waitedMs = this.nowMs() - startMs;
    this.measured += 1;
    this.shortestMs = Math.min(this.shortestMs, waitedMs);
    return waitedMs + this.shortestMs;
  }
}
