/** Goes on by itself, a step at a time, until it is stopped or there is nothing to go on to. */
export class Playback {
  private readonly everyMs: number;
  private readonly goOn: () => boolean;
  private readonly ended: () => void;
  private timer: ReturnType<typeof setInterval> | null = null;

  /** @param goOn answers false where there is no further step. @param ended is called then, once it has stopped. */
  constructor(everyMs: number, goOn: () => boolean, ended: () => void) {
    this.everyMs = everyMs;
    this.goOn = goOn;
    this.ended = ended;
  }

  get isPlaying(): boolean {
    return this.timer !== null;
  }

  toggle(): void {
    if (this.isPlaying) this.stop();
    else {
      this.timer = setInterval(() => {
        if (this.goOn()) return;
        this.stop();
        this.ended();
      }, this.everyMs);
    }
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
