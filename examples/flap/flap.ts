import Phaser from 'phaser';

// A game as Phaser games are written: it knows of no agent.

const widthPx = 360;
const heightPx = 480;
const gapPx = 130;
const gateMs = 1_500;

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
  private label!: Phaser.GameObjects.Text;

  constructor() {
    super('FlapScene');
  }

  create(): void {
    this.score = 0;
    this.isDead = false;
    this.coming = [];
    this.passed = undefined;
    this.drawTextures();
    this.gates = this.physics.add.group({ allowGravity: false });
    this.bird = this.physics.add.sprite(90, heightPx / 2, 'bird');
    this.bird.setCircle(14, 3, 3).setGravityY(1_100);
    this.label = this.add
      .text(widthPx / 2, 24, '0', { fontSize: '32px' })
      .setOrigin(0.5, 0)
      .setDepth(1);
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
  }

  /** The gate that comes next. */
  get gate(): Gate {
    return this.coming[0]!;
  }

  private flap(): void {
    if (!this.isDead) this.bird.setVelocityY(-340);
  }

  private addGate(): void {
    const middle = Phaser.Math.Between(120, heightPx - 120);
    const halves = [middle - gapPx / 2 - 200, middle + gapPx / 2 + 200].map(
      (y): Phaser.Physics.Arcade.Sprite => this.gates.create(widthPx + 40, y, 'gate'),
    );
    for (const half of halves) half.setVelocityX(-170);
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
    this.cameras.main.shake(150, 0.01);
    this.time.delayedCall(400, () => this.scene.restart());
  }

  private drawTextures(): void {
    if (this.textures.exists('bird')) return;
    const pen = this.make.graphics();
    pen.fillStyle(0xffc83d).fillCircle(17, 17, 16).fillStyle(0x20242c).fillCircle(23, 12, 3);
    pen.generateTexture('bird', 34, 34).clear();
    pen.fillStyle(0x3fa66b).fillRoundedRect(0, 0, 56, 400, 8).generateTexture('gate', 56, 400).destroy();
  }
}

export const flapConfig: Phaser.Types.Core.GameConfig = {
  type: Phaser.AUTO,
  width: widthPx,
  height: heightPx,
  backgroundColor: '#9bd4f5',
  physics: { default: 'arcade' },
  scene: FlapScene,
};
