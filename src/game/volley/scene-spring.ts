/** How stiff and how soft a body of jelly is: about three swings in half a second. */
const stiffness = 520;
const damping = 15;
const stepMs = 8;

/**
 * Squash and stretch of something soft: 0 at rest, below where it is pressed flat, above where it is drawn out. Blows
 * set it swinging, and it comes to rest by itself.
 */
export class Spring {
  private offset = 0;
  private velocity = 0;

  /** A blow: negative presses flat, positive draws out; 1 is as hard as anything in the game. */
  kick(strength: number): void {
    this.velocity += strength * 9;
  }

  rest(): void {
    this.offset = 0;
    this.velocity = 0;
  }

  /** Moves on by the time since the last frame and returns where it is, within ±0.4. */
  update(elapsedMs: number): number {
    for (let leftMs = elapsedMs; leftMs > 0; leftMs -= stepMs) {
      const seconds = Math.min(stepMs, leftMs) / 1000;
      this.velocity -= (stiffness * this.offset + damping * this.velocity) * seconds;
      this.offset += this.velocity * seconds;
    }
    return Math.max(-0.4, Math.min(0.4, this.offset));
  }
}

/** How wide and high a body is drawn for a spring's offset: its area stays as it is. */
export function widthOf(offset: number): number {
  return 1 / Math.sqrt(1 + offset);
}
