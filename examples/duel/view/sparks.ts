import Phaser from 'phaser';
import { sharpness } from '../sharpness';
import { circle, glow, paint, picture, star } from './paint';

type Look = 'spark' | 'puff' | 'star';

interface Spark {
  readonly image: Phaser.GameObjects.Image;
  vx: number;
  vy: number;
  fall: number;
  spin: number;
  ageMs: number;
  lifeMs: number;
  from: number;
  to: number;
}

/** So many at once at most. */
const most = 150;

/** What flies apart: sparks, smoke and stars. */
export class Sparks {
  private readonly idle: Spark[];
  private readonly flying: Spark[] = [];

  constructor(scene: Phaser.Scene) {
    paint(scene, 'duel-spark', 12, 12, (pen) => glow(pen, 6, 6, 6, '#ffffff'));
    paint(scene, 'duel-puff', 40, 40, (pen) => {
      const smoke = pen.createRadialGradient(20, 20, 4, 20, 20, 20);
      smoke.addColorStop(0, '#ffffffee');
      smoke.addColorStop(0.6, '#e6e8f8aa');
      smoke.addColorStop(1, '#c9cdee00');
      pen.fillStyle = smoke;
      circle(pen, 20, 20, 20);
      pen.fill();
    });
    paint(scene, 'duel-star', 18, 18, (pen) => {
      pen.fillStyle = '#ffffff';
      star(pen, 9, 9, 8);
      pen.fill();
    });
    this.idle = Array.from({ length: most }, () => ({
      image: picture(scene, 'duel-spark', 30).setVisible(false),
      vx: 0,
      vy: 0,
      fall: 0,
      spin: 0,
      ageMs: 0,
      lifeMs: 1,
      from: 1,
      to: 0,
    }));
  }

  /** Lets `count` fly apart from (x, y), at up to `speed` pixels a second. */
  burst(look: Look, x: number, y: number, count: number, speed: number, tint: number): void {
    for (let i = 0; i < count; i++) {
      const spark = this.idle.pop();
      if (spark === undefined) return;
      const angle = Math.random() * 2 * Math.PI;
      const reach = speed * (0.3 + 0.7 * Math.random());
      Object.assign(spark, {
        vx: reach * Math.cos(angle),
        vy: reach * Math.sin(angle),
        fall: look === 'star' ? 260 : look === 'puff' ? -40 : 0,
        spin: 8 * (Math.random() - 0.5),
        ageMs: 0,
        lifeMs: (look === 'spark' ? 260 : 620) * (0.6 + 0.6 * Math.random()),
        from: look === 'puff' ? 0.7 : 1.2,
        to: look === 'puff' ? 1.7 : 0.2,
      });
      spark.image
        .setTexture(`duel-${look}`)
        .setPosition(x, y)
        .setTint(tint)
        .setBlendMode(look === 'spark' ? Phaser.BlendModes.ADD : Phaser.BlendModes.NORMAL)
        .setVisible(true);
      this.flying.push(spark);
    }
  }

  draw(deltaMs: number): void {
    const seconds = deltaMs / 1_000;
    for (let i = this.flying.length - 1; i >= 0; i--) {
      const spark = this.flying[i]!;
      spark.ageMs += deltaMs;
      const share = spark.ageMs / spark.lifeMs;
      if (share >= 1) {
        spark.image.setVisible(false);
        this.flying.splice(i, 1);
        this.idle.push(spark);
        continue;
      }
      spark.vy += spark.fall * seconds;
      spark.image.x += spark.vx * seconds;
      spark.image.y += spark.vy * seconds;
      spark.image.rotation += spark.spin * seconds;
      spark.image
        .setAlpha(1 - share * share)
        .setScale((spark.from + (spark.to - spark.from) * share) / sharpness);
    }
  }
}
