/** More losses than this within the window, and there is no use in going on. */
const mostInWindow = 4;
const windowMs = 60_000;
/** Or so many, however far apart, without an update finished between them: then the same step fails again and again. */
const mostWithoutUpdate = 4;
/** What has gone well for so long has nothing to do with losses before. */
const forgottenAfterMs = 3_600_000;

/** Counts workers that were lost, and says when to stop replacing them. Knows no clock. */
export class Restarts {
  private lossesMs: number[] = [];
  private sinceUpdate = 0;

  /**
   * Workers were lost.
   *
   * @param nowMs milliseconds of a clock that only rises.
   * @returns whether to start others in their place.
   */
  lost(nowMs: number): boolean {
    const lastMs = this.lossesMs.at(-1) ?? nowMs;
    if (nowMs - lastMs >= forgottenAfterMs) this.sinceUpdate = 0;
    this.lossesMs = [...this.lossesMs.filter((lossMs) => nowMs - lossMs < windowMs), nowMs];
    this.sinceUpdate += 1;
    return this.lossesMs.length <= mostInWindow && this.sinceUpdate <= mostWithoutUpdate;
  }

  /** An update was finished, so the workers are good for something. */
  updated(): void {
    this.sinceUpdate = 0;
  }
}
