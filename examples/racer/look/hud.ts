import type Phaser from 'phaser';
import { accent, alarm, well } from './palette';

/** What stands over the picture; null hides it. */
export interface Shown {
  /** Large, on the left: the time of the lap, say. */
  readonly clock: string | null;
  /** Smaller, beneath. */
  readonly notes: readonly string[];
  /** Large, on the right of the clock: the place in a race. */
  readonly place: string | null;
  /** 0 to 1. */
  readonly speed: number | null;
  /** At the bottom. */
  readonly hint: string;
}

export type Tone = 'plain' | 'well' | 'alarm';

export interface ButtonOptions {
  readonly label: string;
  readonly press: () => void;
}

const font = 'system-ui, "Segoe UI", Roboto, sans-serif';
const tones: Readonly<Record<Tone, number>> = { plain: 0xffffff, well, alarm };
/** The picture's width in the units that texts are laid out in, at least. */
const unitsWide = 900;
const unitsHigh = 560;

/** Texts, buttons and the speed over the picture, as large as the picture allows. Draws only what has changed. */
export class Hud {
  private readonly scene: Phaser.Scene;
  private readonly clock: Phaser.GameObjects.Text;
  private readonly notes: Phaser.GameObjects.Text;
  private readonly place: Phaser.GameObjects.Text;
  private readonly hint: Phaser.GameObjects.Text;
  private readonly banner: Phaser.GameObjects.Text;
  private readonly below: Phaser.GameObjects.Text;
  private readonly gauge: Phaser.GameObjects.Graphics;
  private readonly buttons: {
    readonly plate: Phaser.GameObjects.Graphics;
    readonly label: Phaser.GameObjects.Text;
  }[] = [];
  private readonly layer: Phaser.GameObjects.Layer;
  private shownSpeed = -1;
  /** Canvas pixels a unit. */
  private unit = 1;

  constructor(scene: Phaser.Scene, layer: Phaser.GameObjects.Layer) {
    this.scene = scene;
    this.layer = layer;
    const text = (bold: boolean) => {
      const made = scene.add.text(0, 0, '', {
        fontFamily: font,
        fontStyle: bold ? 'bold' : 'normal',
        color: '#ffffff',
        stroke: '#0c1420',
      });
      layer.add(made);
      return made;
    };
    this.clock = text(true);
    this.notes = text(false);
    this.place = text(true);
    this.hint = text(false).setOrigin(0.5, 1);
    this.banner = text(true).setOrigin(0.5).setAlpha(0);
    this.below = text(true).setOrigin(0.5).setAlpha(0);
    this.gauge = scene.add.graphics();
    layer.add(this.gauge);
  }

  /** Puts buttons into the upper right corner, the first leftmost, in place of those before. */
  setButtons(options: readonly ButtonOptions[]): void {
    for (const { plate, label } of this.buttons.splice(0)) {
      plate.destroy();
      label.destroy();
    }
    for (const { label, press } of options) {
      const plate = this.scene.add.graphics();
      const text = this.scene.add
        .text(0, 0, label, { fontFamily: font, fontStyle: 'bold', color: '#ffffff' })
        .setInteractive({ useHandCursor: true });
      text.on('pointerdown', (_p: unknown, _x: number, _y: number, event: Phaser.Types.Input.EventData) => {
        event.stopPropagation();
        press();
      });
      this.layer.add([plate, text]);
      this.buttons.push({ plate, label: text });
    }
    this.layOut();
  }

  /** Sizes and places everything for a picture of this many canvas pixels. */
  layOut(): void {
    const { width, height } = this.scene.scale;
    const unit = Math.min(width / unitsWide, height / unitsHigh);
    this.unit = Math.max(unit, Math.min(width, height) / 620);
    const u = this.unit;
    const size = (text: Phaser.GameObjects.Text, units: number) =>
      text.setFontSize(Math.round(units * u)).setStroke('#0c1420', Math.max(2, units * 0.16 * u));
    size(this.clock, 34).setPosition(18 * u, 12 * u);
    size(this.notes, 16).setPosition(20 * u, 54 * u);
    size(this.place, 34);
    size(this.hint, 15).setPosition(width / 2, height - 10 * u);
    size(this.banner, 64).setPosition(width / 2, 0.36 * height);
    size(this.below, 22).setPosition(width / 2, 0.36 * height + 56 * u);
    let right = width - 14 * u;
    for (const { plate, label } of [...this.buttons].reverse()) {
      label.setFontSize(Math.round(15 * u)).setPadding(12 * u, 8 * u, 12 * u, 8 * u);
      const [x, y] = [right - label.width, 14 * u];
      label.setPosition(x, y);
      plate
        .clear()
        .fillStyle(0x0c1420, 0.72)
        .fillRoundedRect(x, y, label.width, label.height, 9 * u)
        .lineStyle(Math.max(1, 1.3 * u), 0xffffff, 0.28)
        .strokeRoundedRect(x, y, label.width, label.height, 9 * u);
      right = x - 8 * u;
    }
    this.shownSpeed = -1;
  }

  show({ clock, notes, place, speed, hint }: Shown): void {
    this.say(this.clock, clock ?? '');
    this.say(this.notes, notes.join('\n'));
    this.say(this.place, place ?? '');
    this.place.setPosition(
      this.clock.x + Math.max(this.clock.width, 150 * this.unit) + 22 * this.unit,
      this.clock.y,
    );
    this.say(this.hint, hint);
    this.drawSpeed(speed);
  }

  /** Says something large in the middle, which is gone soon. */
  announce(text: string, below = '', tone: Tone = 'plain', holdMs = 900): void {
    const { scene, banner } = this;
    this.say(banner, text);
    this.say(this.below, below);
    const colour = `#${tones[tone].toString(16).padStart(6, '0')}`;
    banner.setColor(colour);
    scene.tweens.killTweensOf([banner, this.below]);
    for (const said of [banner, this.below]) {
      said.setAlpha(1).setScale(said === banner ? 1.35 : 1);
      scene.tweens.add({ targets: said, scale: 1, duration: 220, ease: 'Back.Out' });
      scene.tweens.add({ targets: said, alpha: 0, delay: holdMs, duration: 350 });
    }
  }

  private say(text: Phaser.GameObjects.Text, words: string): void {
    if (text.text !== words) text.setText(words);
  }

  private drawSpeed(speed: number | null): void {
    const steps = speed === null ? -2 : Math.round(40 * Math.min(1, speed));
    if (steps === this.shownSpeed) return;
    this.shownSpeed = steps;
    const { gauge, unit: u } = this;
    gauge.clear();
    if (speed === null) return;
    const { width, height } = this.scene.scale;
    const [x, y, radius] = [width - 66 * u, height - 58 * u, 42 * u];
    const [from, whole] = [0.75 * Math.PI, 1.5 * Math.PI];
    gauge.lineStyle(11 * u, 0x0c1420, 0.66).beginPath();
    gauge.arc(x, y, radius, from, from + whole).strokePath();
    if (steps <= 0) return;
    gauge.lineStyle(7 * u, steps > 36 ? alarm : accent, 1).beginPath();
    gauge.arc(x, y, radius, from, from + (whole * steps) / 40).strokePath();
  }
}
