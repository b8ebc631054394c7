import Phaser from 'phaser';
import { drawTextures, sharpness } from './look';

// A game as Phaser games are written: it knows of no agent.

const widthPx = 360;
const heightPx = 480;
const gapPx = 130;
const gateMs = 1_500;
const gateSpeed = 170;

/** Two halves with a gap between them. */
interface Gate {
  readonly x: number;
  /** Height of the gap's middle. */
  readonly middle: number;
  readonly halves: readonly Phaser.Physics.Arcade.Sprite[];
}

export class FlapScene extends Phaser.Scene {
  bird!: Phaser.Types.Physics.Arcade.SpriteWithDynamicBody;
  gates!: Phaser.Physics.Arcade.Group;
  score = 0;
  isDead = false;
  private coming: Gate[] = [];
  private passed: Gate | undefined;
  private wing!: Phaser.GameObjects.Image;
  private label!: Phaser.GameObjects.Text;

  constructor() {
    super('FlapScene');
  }

  create(): void {
    this.score = 0;
    this.isDead = false;
    this.coming = [];
    this.passed = undefined;
    drawTextures(this, widthPx, heightPx);
    // As many pixels a unit as the screen has.
    this.cameras.main.setZoom(sharpness).centerOn(widthPx / 2, heightPx / 2);
    this.addScenery();
    this.gates = this.physics.add.group({ allowGravity: false });
    this.bird = this.physics.add.sprite(90, heightPx / 2, 'bird').setDisplaySize(34, 34);
    // In the picture's own pixels.
    const unit = this.bird.width / 34;
    this.bird.setCircle(14 * unit, 3 * unit, 3 * unit).setGravityY(1_100);
    this.wing = this.add.image(0, 0, 'wing').setDisplaySize(18, 14).setOrigin(0.8, 0.2);
    this.label = this.addLabel();
    this.input.keyboard?.on('keydown-SPACE', () => this.flap());
    this.input.on('pointerdown', () => this.flap());
    this.physics.add.overlap(this.bird, this.gates, () => this.crash());
    this.time.addEvent({ delay: gateMs, loop: true, callback: () => this.addGate() });
    this.addGate();
  }

  override update(): void {
    if (this.bird.y < 0 || this.bird.y > heightPx) this.crash();
    if (this.gate.x < this.bird.x) this.passGate();
    this.bird.setAngle(Phaser.Math.Clamp(this.bird.body.velocity.y / 12, -30, 80));
    this.wing.setPosition(this.bird.x - 2, this.bird.y + 1);
  }

  /** The gate that comes next. */
  get gate(): Gate {
    return this.coming[0]!;
  }

  private flap(): void {
    if (this.isDead) return;
    this.bird.setVelocityY(-340);
    this.tweens.killTweensOf(this.wing);
    this.tweens.add({ targets: this.wing, angle: { from: -70, to: 20 }, duration: 260, ease: 'Back.out' });
  }

  private addGate(): void {
    const middle = Phaser.Math.Between(120, heightPx - 120);
    const halves = [middle - gapPx / 2 - 200, middle + gapPx / 2 + 200].map(
      (y): Phaser.Physics.Arcade.Sprite => this.gates.create(widthPx + 40, y, 'gate'),
    );
    for (const half of halves) half.setDisplaySize(56, 400).setVelocityX(-gateSpeed);
    this.coming.push({
      middle,
      halves,
      get x() {
        return halves[0]!.x;
      },
    });
  }

  private passGate(): void {
    for (const half of this.passed?.halves ?? []) half.destroy();
    this.passed = this.coming.shift();
    if (this.coming.length === 0) this.addGate();
    this.score += 1;
    this.label.setText(String(this.score));
    this.tweens.add({ targets: this.label, scale: { from: 1.4, to: 1 }, duration: 200 });
  }

  private crash(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.bird.setTint(0xff8a65);
    this.cameras.main.shake(150, 0.01);
    this.time.delayedCall(400, () => this.scene.restart());
  }

  /** Sky and hills stand still, clouds drift, grass comes along with the gates. */
  private addScenery(): void {
    this.add.image(0, 0, 'sky').setOrigin(0).setDisplaySize(widthPx, heightPx);
    for (const [x, y, seconds] of [
      [300, 70, 38],
      [120, 130, 52],
      [230, 190, 70],
    ] as const) {
      const cloud = this.add.image(x, y, 'cloud').setDisplaySize(96, 40);
      this.tweens.add({
        targets: cloud,
        x: `-=${widthPx + 120}`,
        duration: 1_000 * seconds,
        yoyo: true,
        repeat: -1,
      });
    }
    const grass = this.add
      .image(0, heightPx, 'grass')
      .setOrigin(0, 1)
      .setDisplaySize(widthPx + 48, 22)
      .setDepth(1);
    // It repeats itself each such width.
    const tuftPx = 24;
    this.tweens.add({ targets: grass, x: -tuftPx, duration: (1_000 * tuftPx) / gateSpeed, repeat: -1 });
  }

  private addLabel(): Phaser.GameObjects.Text {
    const style = {
      fontFamily: 'ui-sans-serif, system-ui, sans-serif',
      fontSize: '40px',
      fontStyle: 'bold',
      color: '#ffffff',
      stroke: '#1f4a63',
      strokeThickness: 6,
      resolution: sharpness,
    };
    return this.add
      .text(widthPx / 2, 20, '0', style)
      .setOrigin(0.5, 0)
      .setDepth(2);
  }
}

export const flapConfig: Phaser.Types.Core.GameConfig = {
  type: Phaser.AUTO,
  width: widthPx * sharpness,
  height: heightPx * sharpness,
  backgroundColor: '#9bd4f5',
  // Quicker than several textures at once where no graphics processor draws.
  render: { maxTextures: 1 },
  scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH },
  physics: { default: 'arcade' },
  scene: FlapScene,
};
