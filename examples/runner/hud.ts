import Phaser from 'phaser';
import { frames } from './frames';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ!.,: ';

/** Coins, lives, how far one is, and what there is to say. */
export class Hud {
  private readonly scene: Phaser.Scene;
  private readonly coins: Phaser.GameObjects.BitmapText;
  private readonly hearts: readonly Phaser.GameObjects.Image[];
  private readonly way: Phaser.GameObjects.Rectangle;
  private readonly words: Phaser.GameObjects.BitmapText;

  constructor(scene: Phaser.Scene, mostLives: number) {
    this.scene = scene;
    const { width } = scene.scale;
    if (!scene.cache.bitmapFont.exists('letters')) {
      const grid = { image: 'font', width: 7, height: 9, chars: letters, charsPerRow: letters.length };
      scene.cache.bitmapFont.add(
        'letters',
        Phaser.GameObjects.RetroFont.Parse(scene, {
          ...grid,
          'offset.x': 0,
          'offset.y': 0,
          'spacing.x': 0,
          'spacing.y': 0,
          lineSpacing: 2,
        }),
      );
    }
    this.hearts = Array.from({ length: mostLives }, (_, i) =>
      scene.add.image(10 + 14 * i, 11, 'sprites', frames.heart),
    );
    const coin = scene.add.image(width - 36, 11, 'sprites', frames.coin);
    this.coins = scene.add.bitmapText(width - 27, 7, 'letters', '0');
    const frame = scene.add.rectangle(width / 2, 11, 92, 6, 0x33222b, 0.55);
    this.way = scene.add.rectangle(width / 2 - 45, 11, 90, 4, 0xffd23f).setOrigin(0, 0.5);
    this.words = scene.add.bitmapText(width / 2, 62, 'letters', '', 18).setOrigin(0.5);
    const fixed = [...this.hearts, coin, this.coins, frame, this.way, this.words];
    for (const part of fixed) part.setScrollFactor(0).setDepth(19);
  }

  /** @param share of the level that lies behind. */
  show(lives: number, coins: number, share: number): void {
    this.hearts.forEach((heart, index) => {
      heart.setVisible(index < lives);
    });
    const text = String(coins);
    if (this.coins.text !== text) this.coins.setText(text);
    this.way.setScale(Phaser.Math.Clamp(share, 0.01, 1), 1);
  }

  say(text: string): void {
    this.words.setText(text).setScale(0.4);
    this.scene.tweens.add({ targets: this.words, scale: 1, duration: 260, ease: 'Back.easeOut' });
  }
}
