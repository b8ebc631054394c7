/** Whether a match that was asked for is on its way: the newest one, as long as nothing else was asked for instead. */
export class MatchFetch {
  private readonly changed: () => void;
  private underWay: AbortSignal | null = null;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  get isUnderWay(): boolean {
    return this.underWay !== null;
  }

  /** @param signal aborts where a person wants something else, though `task` goes on to wait for what does not come. */
  async during(signal: AbortSignal, task: () => Promise<void>): Promise<void> {
    const isOver = () => {
      if (this.underWay !== signal) return;
      this.underWay = null;
      this.changed();
    };
    signal.addEventListener('abort', isOver);
    this.underWay = signal;
    this.changed();
    try {
      await task();
    } finally {
      isOver();
    }
  }
}
