/** One press of Ctrl-C may come several times: npm passes on what the terminal has already sent. */
const passedOnMs = 500;

/**
 * Ctrl-C asks training to stop, which it does after the decision under way. A second one ends the process at once, as
 * Ctrl-C does anywhere: then the system itself answers it, however busy this thread is.
 */
export class Interruption {
  happened = false;
  private readonly asked: () => void;

  /** @param asked is called at the first Ctrl-C. */
  constructor(asked: () => void) {
    this.asked = asked;
    process.on('SIGINT', this.listener);
  }

  dispose(): void {
    process.removeListener('SIGINT', this.listener);
  }

  private readonly listener = () => {
    if (this.happened) return;
    this.happened = true;
    this.asked();
    setTimeout(() => this.dispose(), passedOnMs).unref();
  };
}
