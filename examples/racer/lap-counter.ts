/** Laps by how far along the course somebody is. Driving back over the line, or to and fro, makes none. */
export class LapCounter {
  private readonly lengthPx: number;
  /** Steps of a sixtieth of a second since the line was crossed last, or since the start. */
  steps = 0;
  /** Whole laps. */
  laps = 0;
  /** Of the lap before, and of the quickest in which no wall was touched; null before there is one. */
  lastSteps: number | null = null;
  bestSteps: number | null = null;
  /** Laps in which no wall was touched. */
  cleanLaps = 0;
  /** Whether nothing was touched since the line, and whether nothing was in the lap before. */
  isClean = true;
  wasClean = false;
  /** The line that counts next, in pixels from the start, unwrapped. */
  private nextLinePx: number;

  /** @param startPx where the first lap begins, from the line; negative before it. */
  constructor(lengthPx: number, startPx: number) {
    this.lengthPx = lengthPx;
    this.nextLinePx = (Math.floor(startPx / lengthPx) + 1) * lengthPx;
    // From a grid before the line it is the line after that which makes a lap.
    if (this.nextLinePx - startPx < lengthPx / 2) this.nextLinePx += lengthPx;
  }

  /**
   * A step was taken.
   *
   * @param distancePx along the course from the start, unwrapped: a lap later it is a lap's length more.
   * @returns whether it made a lap full.
   */
  moved(distancePx: number): boolean {
    this.steps += 1;
    if (distancePx < this.nextLinePx) return false;
    this.nextLinePx += this.lengthPx;
    this.laps += 1;
    this.lastSteps = this.steps;
    this.wasClean = this.isClean;
    if (this.isClean) {
      this.cleanLaps += 1;
      this.bestSteps = Math.min(this.bestSteps ?? Number.POSITIVE_INFINITY, this.steps);
    }
    this.steps = 0;
    this.isClean = true;
    return true;
  }

  /** A wall was touched, or the car was put back: this lap is none of the clean ones. */
  spoil(): void {
    this.isClean = false;
  }
}
