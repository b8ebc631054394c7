/** The agent in training, where it plays: which version acts, and whether it learns from what happens. */
export class LearnerOnCourt {
  private readonly learning: () => boolean;
  private acting: number;
  private changes = 0;

  /** @param learning whether what happens is learned from at the moment. */
  constructor(version: number, learning: () => boolean) {
    this.acting = version;
    this.learning = learning;
  }

  get version(): number {
    return this.acting;
  }

  /** How many newer versions took over in this match. */
  get takeovers(): number {
    return this.changes;
  }

  get isLearning(): boolean {
    return this.learning();
  }

  /** A newer version acts, where it is one that learns. */
  takeOver(version: number): void {
    if (!this.learning()) return;
    this.acting = version;
    this.changes += 1;
  }
}
