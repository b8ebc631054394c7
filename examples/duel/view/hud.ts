import type Phaser from 'phaser';
import type { Bout } from '../bout';
import { field, matchRules, middle, stage } from '../rules';
import { sharpness } from '../sharpness';
import { seatColours } from './colours';

const font = 'system-ui, "Segoe UI", Roboto, sans-serif';
const names = ['Blue', 'Orange'] as const;
const hints = ['W A S D · Space', '↑ ← ↓ → · Enter'] as const;
const touchHint = 'drag to move, tap to throw';
const hintMs = 6_000;

/** Points, words that float up where something happened, and how it is played. */
export class Hud {
  private readonly scene: Bout;
  private readonly digits: readonly Phaser.GameObjects.Text[];
  private readonly hints: readonly Phaser.GameObjects.Text[];
  private readonly banner: Phaser.GameObjects.Text;
  private readonly pips: Phaser.GameObjects.Graphics;
  private shown: readonly number[] = [];
  private ms = 0;

  constructor(scene: Bout) {
    this.scene = scene;
    this.pips = scene.add.graphics().setDepth(40);
    this.digits = ([0, 1] as const).map((seat) =>
      this.text(middle.x + (seat === 0 ? -34 : 34), 31, '0', 44, seatColours[seat].light),
    );
    this.text(middle.x, 28, ':', 36, '#ffffff');
    const isTouch = scene.sys.game.device.input.touch && !scene.sys.game.device.os.desktop;
    this.hints = ([0, 1] as const).map((seat) =>
      this.text(
        seat === 0 ? stage.width / 4 : (3 * stage.width) / 4,
        field.bottom - 20,
        isTouch ? touchHint : hints[seat],
        15,
        '#ffffff',
      ),
    );
    this.banner = this.text(middle.x, middle.y - 10, '', 54, '#ffffff').setVisible(false);
  }

  /** A word that rises and fades. */
  say(word: string, x: number, y: number, colour: string): void {
    const text = this.text(x, y - 34, word, 20, colour);
    this.scene.tweens.add({
      targets: text,
      y: y - 70,
      alpha: { from: 1, to: 0 },
      duration: 800,
      ease: 'Cubic.easeOut',
      onComplete: () => text.destroy(),
    });
  }

  draw(deltaMs: number): void {
    this.ms += deltaMs;
    const left = Math.max(0, Math.min(1, (hintMs - this.ms) / 800));
    for (const hint of this.hints) hint.setAlpha(0.75 * left);
    const { score, phase, phaseMs } = this.scene;
    if (score.some((points, seat) => points !== this.shown[seat])) this.showScore(score);
    for (const digit of this.digits) digit.setScale(digit.scale + (1 - digit.scale) * 0.15);
    const winner = score[0] > score[1] ? 0 : 1;
    this.banner.setVisible(phase === 'match');
    if (phase !== 'match') return;
    const grown = Math.min(1, phaseMs / 260);
    this.banner
      .setText(`${names[winner]} wins!`)
      .setColor(seatColours[winner].light)
      .setScale(0.4 + 0.6 * grown + 0.03 * Math.sin(phaseMs / 160));
  }

  private showScore(score: readonly number[]): void {
    this.digits.forEach((digit, seat) => {
      if (score[seat] !== this.shown[seat] && this.shown.length > 0) digit.setScale(1.7);
      digit.setText(String(score[seat]));
    });
    this.shown = [...score];
    this.pips.clear();
    for (const seat of [0, 1] as const) {
      for (let point = 0; point < matchRules.goal; point++) {
        const x = middle.x + (seat === 0 ? -1 : 1) * (74 + 17 * point);
        this.pips.fillStyle(0x0a1026, 0.8).fillCircle(x, 32, 7);
        const isWon = point < score[seat]!;
        this.pips.fillStyle(isWon ? seatColours[seat].hex : 0x4a4f86, 1).fillCircle(x, 32, isWon ? 5.5 : 3.5);
      }
    }
  }

  private text(x: number, y: number, words: string, px: number, colour: string): Phaser.GameObjects.Text {
    return this.scene.add
      .text(x, y, words, {
        fontFamily: font,
        fontStyle: '800',
        fontSize: `${px}px`,
        color: colour,
        stroke: '#0a1026',
        strokeThickness: Math.max(4, px / 7),
      })
      .setResolution(sharpness)
      .setOrigin(0.5)
      .setDepth(41);
  }
}
