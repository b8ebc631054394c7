import type Phaser from 'phaser';
import { depths } from '../scenes/arena-scene';
import type { PaintedTextures } from '../scenes/painted-textures';
import { court } from './court';
import type { CourtPalette } from './scene-palette';
import { Spring, widthOf } from './scene-spring';
import { type CourtView, xPxOf, yPxOf } from './scene-view';

const marks = 26;
/** The trail's marks are this far apart in metres, so that a fast ball has a long one. */
const markSpacing = 0.17;
const markMs = 260;
/** A ball that goes further between two frames was put there. */
const jumpMetres = 2.5;

/** The ball with its light, shadow and trail, and an arrow for when it is above the view. */
export class Ball {
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly ball: Phaser.GameObjects.Image;
  private readonly light: Phaser.GameObjects.Image;
  private readonly arrow: Phaser.GameObjects.Image;
  private readonly trail: Phaser.GameObjects.Image[];
  private readonly markAgesMs = new Float64Array(marks).fill(markMs);
  private nextMark = 0;
  private readonly spring = new Spring();

  private view!: CourtView;
  private palette!: CourtPalette;
  private unitScale = 1;
  private topPx = 0;
  private lastX = 0;
  private lastY = 0;
  private untilMark = 0;

  constructor(scene: Phaser.Scene) {
    const image = (key: string, depth: number) => scene.add.image(0, 0, key).setDepth(depths.pieces + depth);
    this.shadow = image('mark-glow', -2).setTint(0x000000);
    this.trail = Array.from({ length: marks }, () => image('mark-glow', 0).setVisible(false));
    this.ball = image('__WHITE', 8);
    this.light = image('__WHITE', 9);
    this.arrow = image('mark-arrowhead', 9).setVisible(false);
  }

  arrange(view: CourtView, palette: CourtPalette, textures: PaintedTextures, headroomPx: number): void {
    this.view = view;
    this.palette = palette;
    this.topPx = view.rectangle.yPx + headroomPx;
    const sizePx = (2 * court.ballRadius * view.metrePx * 200) / 198;
    textures.paintImage('ball', 'volley-ball', sizePx, sizePx, [this.ball]);
    textures.paintImage('ball-light', 'volley-ball-light', sizePx, sizePx, [this.light]);
    this.unitScale = this.ball.scaleX;
    const arrowPx = Math.max(14, 0.36 * view.metrePx);
    this.arrow.setDisplaySize(arrowPx, arrowPx).setTint(palette.text);
    this.settle();
  }

  /** A blow from −1 to 1. */
  blow(strength: number): void {
    this.spring.kick(strength);
  }

  settle(): void {
    this.spring.rest();
    this.markAgesMs.fill(markMs);
    for (const mark of this.trail) mark.setVisible(false);
  }

  get xPx(): number {
    return this.ball.x;
  }

  get yPx(): number {
    return this.ball.y;
  }

  /** `angle` counter-clockwise, `seat` who touched it last, or another number for nobody. */
  draw(x: number, y: number, angle: number, seat: number, elapsedMs: number, calm: boolean): void {
    const { view, palette } = this;
    const xPx = xPxOf(view, x);
    const yPx = yPxOf(view, y);
    const offset = this.spring.update(elapsedMs);
    const wide = this.unitScale * widthOf(offset);
    const high = this.unitScale * (1 + offset);
    this.ball.setPosition(xPx, yPx).setRotation(-angle).setScale(wide, high);
    this.light.setPosition(xPx, yPx).setScale(wide, high);

    const nearness = Math.max(0.25, 1 - Math.max(0, y) * 0.13);
    this.shadow
      .setPosition(xPx, view.floorYPx + 1)
      .setDisplaySize((1.4 - 0.5 * nearness) * view.metrePx, 0.2 * view.metrePx)
      .setAlpha(0.5 * nearness);

    const above = yPx + court.ballRadius * view.metrePx < this.topPx;
    this.arrow.setVisible(above);
    if (above) {
      this.arrow
        .setPosition(xPx, this.topPx + this.arrow.displayHeight * 0.7)
        .setRotation(-Math.PI / 2)
        .setAlpha(Math.max(0.7, 1 - (this.topPx - yPx) / (3 * view.metrePx)));
    }
    this.drawTrail(x, y, palette.seats[seat as 0 | 1] ?? palette.light, elapsedMs, calm);
  }

  private drawTrail(x: number, y: number, colour: number, elapsedMs: number, calm: boolean): void {
    for (let i = 0; i < marks; i++) {
      const ageMs = this.markAgesMs[i]!;
      if (ageMs >= markMs) continue;
      const older = ageMs + elapsedMs;
      this.markAgesMs[i] = older;
      this.showMark(this.trail[i]!, older);
    }
    const dx = x - this.lastX;
    const dy = y - this.lastY;
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (!calm && distance < jumpMetres) {
      for (let along = this.untilMark; along < distance; along += markSpacing) {
        const share = along / distance;
        this.leaveMark(this.lastX + dx * share, this.lastY + dy * share, colour, elapsedMs * (1 - share));
      }
      this.untilMark = (((this.untilMark - distance) % markSpacing) + markSpacing) % markSpacing;
    }
    this.lastX = x;
    this.lastY = y;
  }

  private leaveMark(x: number, y: number, colour: number, ageMs: number): void {
    const mark = this.trail[this.nextMark]!;
    this.markAgesMs[this.nextMark] = ageMs;
    this.nextMark = (this.nextMark + 1) % marks;
    mark.setPosition(xPxOf(this.view, x), yPxOf(this.view, y)).setTint(colour);
    this.showMark(mark, ageMs);
  }

  private showMark(mark: Phaser.GameObjects.Image, ageMs: number): void {
    const left = Math.max(0, 1 - ageMs / markMs);
    const sizePx = 2 * court.ballRadius * this.view.metrePx * (0.45 + 0.75 * left);
    mark
      .setDisplaySize(sizePx, sizePx)
      .setAlpha(0.5 * left)
      .setVisible(left > 0);
  }
}
