import type Phaser from 'phaser';

/** So many prints are there at once; the oldest is taken for a new one. */
const most = 900;
/** Each step, one of so many prints fades by a little. */
const fadeEvery = 30;
const fading = 0.9;

/** What tyres leave on the course where they slide. */
export class SkidMarks {
  private readonly prints: Phaser.GameObjects.Image[];
  private next = 0;
  private turn = 0;

  constructor(scene: Phaser.Scene, layer: Phaser.GameObjects.Layer) {
    if (!scene.textures.exists('skid')) {
      const texture = scene.textures.createCanvas('skid', 32, 16);
      const pen = texture?.getContext();
      if (pen !== undefined) {
        pen.fillStyle = '#101218';
        for (const inset of [0, 2, 4]) {
          pen.globalAlpha = 0.4;
          pen.beginPath();
          pen.roundRect(2 * inset, inset, 32 - 4 * inset, 16 - 2 * inset, 6);
          pen.fill();
        }
        texture?.refresh();
      }
    }
    this.prints = Array.from({ length: most }, () => {
      const print = scene.add.image(0, 0, 'skid').setAlpha(0).setVisible(false);
      layer.add(print);
      return print;
    });
  }

  /** One wheel's, where it slides. @param strength 0 to 1. */
  print(x: number, y: number, angle: number, lengthPx: number, strength: number): void {
    const print = this.prints[this.next]!;
    this.next = (this.next + 1) % most;
    print.setPosition(x, y).setRotation(angle).setVisible(true).setAlpha(strength);
    print.setDisplaySize(lengthPx + 4, 4.2);
  }

  /** To be called once a step. */
  fade(): void {
    this.turn = (this.turn + 1) % fadeEvery;
    for (let i = this.turn; i < most; i += fadeEvery) {
      const print = this.prints[i]!;
      if (!print.visible) continue;
      const alpha = fading * print.alpha;
      print.setAlpha(alpha).setVisible(alpha > 0.03);
    }
  }
}
