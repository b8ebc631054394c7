import type Phaser from 'phaser';
import { type DrawnTrack, drawnTrack, type Refusal } from './drawn-track';
import { accent, alarm } from './look/palette';
import { apart, halfWidthPx, type Point } from './track';

/** From one point of the line to the next, at least. */
const stepPx = 6;

/** What keeps a line from being a course, in words. */
export const refusals: Readonly<Record<Refusal, string>> = {
  short: 'Too short for a lap. Draw a longer loop.',
  open: 'The loop is open. End where you began.',
  outside: 'Too near to the edge. Leave room for the walls.',
  narrow: 'Two parts of it touch. Leave more room between them.',
  sharp: 'This curve is too sharp to drive. Make it wider.',
};

/** The line that a visitor draws for a course, with finger or mouse. */
export class Sketch {
  private readonly pen: Phaser.GameObjects.Graphics;
  private line: Point[] = [];

  constructor(scene: Phaser.Scene, layer: Phaser.GameObjects.Layer) {
    this.pen = scene.add.graphics();
    layer.add(this.pen);
  }

  begin(point: Point): void {
    this.line = [point];
    this.draw();
  }

  go(point: Point): void {
    const last = this.line.at(-1);
    if (last === undefined || apart(last, point) < stepPx) return;
    this.line.push(point);
    this.draw();
  }

  /** The pointer was lifted. @returns the course, or where it is none, which is marked. */
  end(): DrawnTrack {
    const drawn = drawnTrack(this.line);
    if ('refusal' in drawn) {
      const { x, y } = drawn.at;
      this.pen.lineStyle(5, alarm, 1).strokeCircle(x, y, 26).fillStyle(alarm, 0.35).fillCircle(x, y, 26);
    }
    this.line = [];
    return drawn;
  }

  clear(): void {
    this.line = [];
    this.pen.clear();
  }

  private draw(): void {
    const { pen, line } = this;
    const points = line as Phaser.Types.Math.Vector2Like[] as Phaser.Math.Vector2[];
    pen.clear();
    pen.lineStyle(2 * halfWidthPx, accent, 0.25).strokePoints(points);
    pen.lineStyle(5, accent, 1).strokePoints(points);
    const first = line[0]!;
    pen.fillStyle(0xffffff, 1).fillCircle(first.x, first.y, 9);
  }
}
