import type Phaser from 'phaser';
import { SeededRandom } from '../../random/seeded-random';

const sparks = 18;
const burstMs = 900;

/** How an episode's end is to be shown. */
export type Verdict = 'success' | 'failure' | 'neutral';

/**
 * What the focused arena shows for a moment when an episode ends: a mark that is a shape as well as a colour, an
 * opening ring, and sparks or dust. With less motion wanted, the mark alone.
 * Its chance is its own and touches no simulation.
 */
export class Flourish {
  private readonly ring: Phaser.GameObjects.Image;
  private readonly mark: Phaser.GameObjects.Image;
  private readonly particles: Phaser.GameObjects.Image[];
  private readonly velocitiesPx = new Float64Array(2 * sparks);
  private readonly random = SeededRandom.fromSeed(20);
  private verdict: Verdict = 'neutral';
  private still = false;
  private elapsedMs = burstMs;
  private sizePx = 1;

  /** The textures `mark-ring`, `mark-glow`, `mark-star` and `mark-cross` must be loaded. */
  constructor(scene: Phaser.Scene, depth: number) {
    const hidden = (key: string) => scene.add.image(0, 0, key).setVisible(false).setDepth(depth);
    this.ring = hidden('mark-ring');
    this.particles = Array.from({ length: sparks }, () => hidden('mark-glow'));
    this.mark = hidden('mark-star');
  }

  /** Starts over at a point, in CSS pixels, where `sizePx` is the size of what stands there. */
  start(
    verdict: Verdict,
    xPx: number,
    yPx: number,
    sizePx: number,
    colour: number,
    reducedMotion: boolean,
  ): void {
    this.verdict = verdict;
    this.still = reducedMotion;
    this.elapsedMs = 0;
    this.mark
      .setTexture(verdict === 'failure' ? 'mark-cross' : 'mark-star')
      .setPosition(xPx, yPx)
      .setDisplaySize(sizePx * 0.5, sizePx * 0.5)
      .setTint(colour)
      .setVisible(verdict !== 'neutral');
    this.ring
      .setPosition(xPx, yPx)
      .setTint(colour)
      .setVisible(!reducedMotion && verdict !== 'failure');
    this.particles.forEach((particle, i) => {
      const angle = 2 * Math.PI * this.random.uniform();
      const speedPx = sizePx * (0.6 + 1.4 * this.random.uniform());
      // Dust lies low and slow; sparks fly all round.
      this.velocitiesPx[2 * i] = Math.cos(angle) * speedPx;
      this.velocitiesPx[2 * i + 1] =
        verdict === 'failure' ? -Math.abs(Math.sin(angle)) * speedPx * 0.6 : Math.sin(angle) * speedPx;
      const size = sizePx * (0.06 + 0.1 * this.random.uniform()) * (verdict === 'failure' ? 1.6 : 1);
      particle
        .setPosition(xPx, yPx)
        .setDisplaySize(size, size)
        .setTint(colour)
        .setVisible(!reducedMotion && verdict !== 'neutral');
    });
    this.sizePx = sizePx;
  }

  /** Moves on by the time since the last frame. */
  update(elapsedMs: number): void {
    if (this.elapsedMs >= burstMs) return;
    this.elapsedMs += elapsedMs;
    const share = Math.min(1, this.elapsedMs / burstMs);
    if (share >= 1) {
      this.hide();
      return;
    }
    const fade = 1 - share;
    this.mark.setAlpha(Math.min(1, 2 * fade));
    if (this.still) return;
    const easedOut = 1 - fade * fade * fade;
    const ringPx = this.sizePx * (0.3 + 1.5 * easedOut);
    this.ring.setDisplaySize(ringPx, ringPx).setAlpha(0.8 * fade);
    const seconds = elapsedMs / 1000;
    const drag = Math.max(0, 1 - 2.5 * seconds);
    const fallPx = (this.verdict === 'failure' ? 0.6 : 0.9) * this.sizePx * seconds;
    for (let i = 0; i < sparks; i++) {
      const particle = this.particles[i]!;
      const xPx = this.velocitiesPx[2 * i]! * drag;
      const yPx = this.velocitiesPx[2 * i + 1]! * drag + fallPx;
      this.velocitiesPx[2 * i] = xPx;
      this.velocitiesPx[2 * i + 1] = yPx;
      particle.x += xPx * seconds;
      particle.y += yPx * seconds;
      particle.setAlpha((this.verdict === 'failure' ? 0.5 : 1) * fade);
    }
  }

  /** Ends at once: the focus went elsewhere. */
  hide(): void {
    this.elapsedMs = burstMs;
    for (const image of [this.ring, this.mark, ...this.particles]) image.setVisible(false);
  }

  /** How hard to shake what failed just now, in CSS pixels: 0 but for a moment. */
  shakePx(): number {
    const shakeMs = 260;
    if (this.still || this.verdict !== 'failure' || this.elapsedMs >= shakeMs) return 0;
    const left = 1 - this.elapsedMs / shakeMs;
    return 7 * left * left * Math.sin(this.elapsedMs / 14);
  }
}
