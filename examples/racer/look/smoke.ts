import type Phaser from 'phaser';

/** Smoke of sliding tyres, and sparks off a wall. */
export class Smoke {
  private readonly smoke: Phaser.GameObjects.Particles.ParticleEmitter;
  private readonly sparks: Phaser.GameObjects.Particles.ParticleEmitter;

  constructor(scene: Phaser.Scene, layer: Phaser.GameObjects.Layer) {
    paintDot(scene, 'puff', 64, [
      [0, 'rgba(235, 238, 242, 0.55)'],
      [1, 'rgba(235, 238, 242, 0)'],
    ]);
    paintDot(scene, 'spark', 16, [
      [0, 'rgba(255, 244, 200, 1)'],
      [0.4, 'rgba(255, 190, 70, 0.9)'],
      [1, 'rgba(255, 120, 20, 0)'],
    ]);
    this.smoke = scene.add.particles(0, 0, 'puff', {
      lifespan: { min: 350, max: 750 },
      speed: { min: 4, max: 22 },
      scale: { start: 0.12, end: 0.62 },
      alpha: { start: 0.5, end: 0 },
      maxAliveParticles: 220,
      emitting: false,
    });
    this.sparks = scene.add.particles(0, 0, 'spark', {
      lifespan: { min: 160, max: 420 },
      speed: { min: 40, max: 190 },
      scale: { start: 0.45, end: 0 },
      blendMode: 'ADD',
      maxAliveParticles: 120,
      emitting: false,
    });
    layer.add([this.smoke, this.sparks]);
  }

  puff(x: number, y: number): void {
    this.smoke.emitParticleAt(x, y, 1);
  }

  spark(x: number, y: number, count: number): void {
    this.sparks.emitParticleAt(x, y, count);
  }
}

function paintDot(
  scene: Phaser.Scene,
  key: string,
  size: number,
  stops: readonly (readonly [number, string])[],
): void {
  if (scene.textures.exists(key)) return;
  const texture = scene.textures.createCanvas(key, size, size);
  const pen = texture?.getContext();
  // No drawing context, no gradient: nobody looks.
  const fill = pen?.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2) as
    | CanvasGradient
    | undefined;
  if (pen === undefined || fill === undefined) return;
  for (const [at, colour] of stops) fill.addColorStop(at, colour);
  pen.fillStyle = fill;
  pen.fillRect(0, 0, size, size);
  texture?.refresh();
}
