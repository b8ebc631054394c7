/** A task that others wait for. It looks at `signal` after each wait, and does nothing more once it is aborted. */
export type Turn = (signal: AbortSignal) => Promise<void> | void;

/**
 * Tasks one after the other, in the order in which they were asked for. What a task throws ends that task alone. A task
 * that overtakes takes the place of the one under way and of all that wait.
 */
export class Turns {
  private readonly failed: (error: unknown) => void;
  private waiting: Turn[] = [];
  private underWay: AbortController | null = null;

  constructor(failed: (error: unknown) => void) {
    this.failed = failed;
  }

  /** True while a task is under way. */
  get isBusy(): boolean {
    return this.underWay !== null;
  }

  add(turn: Turn): void {
    this.waiting.push(turn);
    if (this.underWay === null) void this.work();
  }

  /** Begins at once; whatever was asked for before is given up. */
  overtake(turn: Turn): void {
    this.waiting = [];
    const before = this.underWay;
    this.underWay = null;
    before?.abort();
    this.add(turn);
  }

  private async work(): Promise<void> {
    for (let turn = this.waiting.shift(); turn !== undefined; turn = this.waiting.shift()) {
      const controller = new AbortController();
      this.underWay = controller;
      try {
        await turn(controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) this.failed(error);
      }
      // Another has begun in its place.
      if (this.underWay !== controller) return;
    }
    this.underWay = null;
  }
}
