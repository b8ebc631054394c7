const kickMs = 340;

/** A camera's kick: aside and back, ever less. */
export class CameraKick {
  private elapsedMs = kickMs;
  private strengthPx = 0;

  /** Positive throws the picture to the right first. */
  start(strengthPx: number): void {
    this.elapsedMs = 0;
    this.strengthPx = strengthPx;
  }

  /** Moves on by the time since the last frame; true while the picture is out of place. */
  update(elapsedMs: number): boolean {
    if (this.elapsedMs >= kickMs) return false;
    this.elapsedMs = Math.min(kickMs, this.elapsedMs + elapsedMs);
    return true;
  }

  get xPx(): number {
    return this.swing(38);
  }

  get yPx(): number {
    return 0.6 * this.swing(29);
  }

  private swing(slownessMs: number): number {
    const left = 1 - this.elapsedMs / kickMs;
    return this.strengthPx * left * left * Math.cos(this.elapsedMs / slownessMs);
  }
}
