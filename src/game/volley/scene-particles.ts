import type Phaser from 'phaser';
import type { SeededRandom } from '../../random/seeded-random';
import { depths } from '../scenes/arena-scene';

const particles = 56;

/** How a kind of particle flies: sizes and distances in metres, times in seconds. */
interface Kind {
  readonly lifeSeconds: number;
  readonly size: number;
  /** Size at the end by that at the start. */
  readonly growth: number;
  readonly gravity: number;
  /** Share of speed lost in a second, at most. */
  readonly drag: number;
  readonly alpha: number;
  /** Radians a second at most. */
  readonly turn: number;
  /** Height by width. */
  readonly slimness: number;
  readonly texture: string;
}

const kinds = {
  dust: {
    lifeSeconds: 0.55,
    size: 0.26,
    growth: 2.1,
    gravity: -0.6,
    drag: 3.2,
    alpha: 0.55,
    turn: 0,
    slimness: 0.8,
    texture: 'mark-glow',
  },
  spark: {
    lifeSeconds: 0.34,
    size: 0.17,
    growth: 0.2,
    gravity: 5,
    drag: 3,
    alpha: 1,
    turn: 0,
    slimness: 1,
    texture: 'mark-glow',
  },
  confetti: {
    lifeSeconds: 1.25,
    size: 0.13,
    growth: 0.9,
    gravity: 6.5,
    drag: 1.6,
    alpha: 1,
    turn: 14,
    slimness: 0.55,
    texture: '__WHITE',
  },
} as const satisfies Record<string, Kind>;
export type ParticleKind = keyof typeof kinds;

/** Dust, sparks and confetti: one pool of images, of which the oldest are taken again when all are out. */
export class Particles {
  private readonly images: Phaser.GameObjects.Image[];
  private readonly kindOf: Kind[] = Array.from({ length: particles }, () => kinds.dust);
  private readonly ages = new Float64Array(particles).fill(Number.POSITIVE_INFINITY);
  private readonly velocities = new Float64Array(2 * particles);
  private readonly turns = new Float64Array(particles);
  private readonly sizes = new Float64Array(particles);
  private readonly random: SeededRandom;
  private next = 0;
  private flying = 0;
  private metrePx = 1;

  constructor(scene: Phaser.Scene, random: SeededRandom) {
    this.random = random;
    this.images = Array.from({ length: particles }, () =>
      scene.add
        .image(0, 0, 'mark-glow')
        .setDepth(depths.pieces + 10)
        .setVisible(false),
    );
  }

  arrange(metrePx: number): void {
    this.metrePx = metrePx;
    this.clear();
  }

  clear(): void {
    this.ages.fill(Number.POSITIVE_INFINITY);
    this.flying = 0;
    for (const image of this.images) image.setVisible(false);
  }

  /**
   * Throws `count` of a kind from a point in CSS pixels towards `angle` (radians, clockwise from the right), within
   * `spread` to either side, at up to `speed` metres a second.
   */
  burst(
    kindName: ParticleKind,
    count: number,
    xPx: number,
    yPx: number,
    angle: number,
    spread: number,
    speed: number,
    colours: readonly number[],
  ): void {
    const kind: Kind = kinds[kindName];
    for (let i = 0; i < count; i++) {
      const at = this.next;
      this.next = (at + 1) % particles;
      const direction = angle + spread * (2 * this.random.uniform() - 1);
      const thrown = speed * (0.35 + 0.65 * this.random.uniform());
      this.kindOf[at] = kind;
      this.ages[at] = 0;
      this.velocities[2 * at] = Math.cos(direction) * thrown;
      this.velocities[2 * at + 1] = Math.sin(direction) * thrown;
      this.turns[at] = kind.turn * (2 * this.random.uniform() - 1);
      this.sizes[at] = kind.size * (0.6 + 0.8 * this.random.uniform());
      this.images[at]!.setTexture(kind.texture)
        .setPosition(xPx, yPx)
        .setRotation(0)
        .setTint(colours[i % colours.length]!)
        .setVisible(true);
      this.show(at);
    }
    this.flying = particles;
  }

  update(elapsedMs: number): void {
    if (this.flying === 0) return;
    const seconds = elapsedMs / 1000;
    let flying = 0;
    for (let at = 0; at < particles; at++) {
      const age = this.ages[at]! + seconds;
      if (age === Number.POSITIVE_INFINITY) continue;
      const kind = this.kindOf[at]!;
      const image = this.images[at]!;
      if (age >= kind.lifeSeconds) {
        this.ages[at] = Number.POSITIVE_INFINITY;
        image.setVisible(false);
        continue;
      }
      flying++;
      this.ages[at] = age;
      const kept = Math.max(0, 1 - kind.drag * seconds);
      const velocityX = this.velocities[2 * at]! * kept;
      const velocityY = this.velocities[2 * at + 1]! * kept + kind.gravity * seconds;
      this.velocities[2 * at] = velocityX;
      this.velocities[2 * at + 1] = velocityY;
      image.x += velocityX * seconds * this.metrePx;
      image.y += velocityY * seconds * this.metrePx;
      image.rotation += this.turns[at]! * seconds;
      this.show(at);
    }
    this.flying = flying;
  }

  private show(at: number): void {
    const kind = this.kindOf[at]!;
    const share = this.ages[at]! / kind.lifeSeconds;
    const sizePx = this.sizes[at]! * (1 + (kind.growth - 1) * share) * this.metrePx;
    this.images[at]!.setDisplaySize(sizePx, sizePx * kind.slimness).setAlpha(
      kind.alpha * Math.min(1, 2 * (1 - share)),
    );
  }
}
