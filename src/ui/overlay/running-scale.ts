/** Forgets this share of what it widened to, a reading. */
const forgetting = 0.002;

/** The range that readings have lately been in: widens at once, narrows slowly. */
export class RunningScale {
  private low = Number.POSITIVE_INFINITY;
  private high = Number.NEGATIVE_INFINITY;

  take(reading: number): void {
    const room = this.high - this.low;
    this.low = Math.min(reading, Number.isFinite(room) ? this.low + forgetting * room : reading);
    this.high = Math.max(reading, Number.isFinite(room) ? this.high - forgetting * room : reading);
  }

  /** Where it lies in the range, 0 to 1; in the middle where there is none. */
  share(reading: number): number {
    const room = this.high - this.low;
    return room > 0 ? Math.min(1, Math.max(0, (reading - this.low) / room)) : 0.5;
  }

  /** How large it is beside the largest, 0 to 1. */
  size(reading: number): number {
    const largest = Math.max(Math.abs(this.low), Math.abs(this.high));
    return largest > 0 && Number.isFinite(largest) ? Math.min(1, Math.abs(reading) / largest) : 0;
  }
}
