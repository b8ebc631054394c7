import Phaser from 'phaser';

// A game as Phaser games are written: it knows of no agent.

const widthPx = 360;
const heightPx = 480;
const gapPx = 130;
const gateMs = 1_500;

export class FlapScene extends Phaser.Scene {
  bird!: Phaser.Types.Physics.Arcade.SpriteWithDynamicBody;
  gates!: Phaser.Physics.Arcade.Group;
  score = 0;
  isDead = false;
  private label!: Phaser.GameObjects.Text;

  constructor() {
    super('FlapScene');
  }

  create(): void {
    this.score = 0;
    this.isDead = false;
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
    for (const gate of this.gates.getMatching('active', true) as Phaser.Physics.Arcade.Sprite[]) {
      if (gate.getData('counts') === true && gate.x < this.bird.x) {
        gate.setData('counts', false);
        this.score += 1;
        this.label.setText(String(this.score));
        this.tweens.add({ targets: this.label, scale: { from: 1.4, to: 1 }, duration: 200 });
      }
      if (gate.x < -40) gate.destroy();
    }
    this.bird.setAngle(Phaser.Math.Clamp(this.bird.body.velocity.y / 12, -30, 80));
  }

  private flap(): void {
    if (!this.isDead) this.bird.setVelocityY(-340);
  }

  private addGate(): void {
    const middle = Phaser.Math.Between(120, heightPx - 120);
    const halves = [middle - gapPx / 2 - 200, middle + gapPx / 2 + 200];
    halves.forEach((y, index) => {
      const half = this.gates.create(widthPx + 40, y, 'gate') as Phaser.Physics.Arcade.Sprite;
      half
        .setData('counts', index === 0)
        .setData('middle', middle)
        .setVelocityX(-170);
    });
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
