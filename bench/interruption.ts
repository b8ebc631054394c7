/**
 * Ctrl-C asks training to stop, which it does after the decision under way. Further ones mean the same: npm and tsx
 * pass on what the terminal has already sent.
 */
export class Interruption {
  happened = false;
  private readonly listener = () => {
    this.happened = true;
  };

  constructor() {
    process.on('SIGINT', this.listener);
  }

  dispose(): void {
    process.removeListener('SIGINT', this.listener);
  }
}
