import { PlaytrainError } from '../../contract';

/** How a `FixedClock` counts. */
export interface FixedClockOptions {
  /** Length of one tick, milliseconds of game time. */
  readonly tickMs: number;
  /** Most ticks that one `advance` may ask for; what lies beyond is dropped, not owed. */
  readonly maximumCatchUpTicks: number;
}

/**
 * Turns elapsed wall time into whole ticks. It reads no clock: time is handed in, so a test, a replay and a display
 * drive it alike. ("Fix Your Timestep", Fiedler, 2004.)
 */
export class FixedClock {
  private readonly options: FixedClockOptions;
  /** Game time that has passed but not filled a tick yet. */
  private remainderMs = 0;

  /** @throws PlaytrainError where a length or the cap is not positive. */
  constructor(options: FixedClockOptions) {
    if (!(options.tickMs > 0 && Number.isFinite(options.tickMs))) {
      throw new PlaytrainError(
        'bad-settings',
        `A tick of ${options.tickMs} ms cannot be counted; give a positive length.`,
      );
    }
    if (!(Number.isInteger(options.maximumCatchUpTicks) && options.maximumCatchUpTicks >= 1)) {
      throw new PlaytrainError(
        'bad-settings',
        `A catch-up of ${options.maximumCatchUpTicks} ticks is not possible; give a whole number of at least 1.`,
      );
    }
    this.options = options;
  }

  /**
   * How many ticks are due after `elapsedMs` more milliseconds at `speed` times real time. A clock that ran backwards
   * counts as standing still.
   */
  advance(elapsedMs: number, speed = 1): number {
    const { tickMs, maximumCatchUpTicks } = this.options;
    this.remainderMs += Math.max(0, elapsedMs) * speed;
    const due = Math.floor(this.remainderMs / tickMs);
    // A quotient rounded up to a whole number may leave less than nothing.
    this.remainderMs = Math.max(0, this.remainderMs - due * tickMs);
    return Math.min(due, maximumCatchUpTicks);
  }

  /** How far the present moment lies from the last tick (0) to the next (1). */
  blend(): number {
    return Math.min(1, this.remainderMs / this.options.tickMs);
  }

  /** Forgets the part of a tick that has passed: for a pause's end. */
  reset(): void {
    this.remainderMs = 0;
  }
}
