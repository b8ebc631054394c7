/** A task that others wait for. It looks at `signal` after each wait, and does nothing more once it is aborted. */
export type Turn = (signal: AbortSignal) => Promise<void> | void;

/**
 * How a task goes with others. One that gives way waits for something from outside, such as a file, and has changed
 * nothing until it is there: whoever overtakes takes its place. One that gives way overtakes those before it, too, since
 * the newest wish holds.
 */
export type TurnKind = 'inTurn' | 'overtaking' | 'givingWay';

interface Waiting {
  readonly turn: Turn;
  readonly givesWay: boolean;
}

/**
 * Tasks one after the other, in the order in which they were asked for. What a task throws ends that task alone. A task
 * that overtakes takes the place of those that give way, be they under way or waiting; it waits for all others.
 */
export class Turns {
  private readonly failed: (error: unknown) => void;
  private waiting: Waiting[] = [];
  private underWay: { readonly givesWay: boolean; readonly controller: AbortController } | null = null;

  constructor(failed: (error: unknown) => void) {
    this.failed = failed;
  }

  add(turn: Turn, kind: TurnKind = 'inTurn'): void {
    if (kind !== 'inTurn') this.giveUpThoseThatGiveWay();
    this.waiting.push({ turn, givesWay: kind === 'givingWay' });
    if (this.underWay === null) void this.work();
  }

  private giveUpThoseThatGiveWay(): void {
    this.waiting = this.waiting.filter(({ givesWay }) => !givesWay);
    if (this.underWay?.givesWay !== true) return;
    const { controller } = this.underWay;
    this.underWay = null;
    controller.abort();
  }

  private async work(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const controller = new AbortController();
      const mine = { givesWay: next.givesWay, controller };
      this.underWay = mine;
      try {
        await next.turn(controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) this.failed(error);
      }
      // Another has begun in its place.
      if (this.underWay !== mine) return;
    }
    this.underWay = null;
  }
}
