import type Phaser from 'phaser';
import { field, middle, stage } from '../rules';
import { night } from './colours';
import { circle, glow, paint, picture } from './paint';

const tile = 42;
const torches = [
  { x: 58, y: 34 },
  { x: 150, y: 34 },
  { x: 570, y: 34 },
  { x: 662, y: 34 },
] as const;

/** A castle's courtyard at night: a wall with torches behind, flagstones, and a line of runes between two halves. */
export class Courtyard {
  private readonly flames: readonly Phaser.GameObjects.Image[];
  private readonly line: Phaser.GameObjects.Image;
  private ms = 0;

  constructor(scene: Phaser.Scene) {
    paint(scene, 'duel-yard', stage.width, stage.height, paintYard);
    paint(scene, 'duel-flame', 120, 120, (pen) => {
      glow(pen, 60, 60, 60, '#ffb04a');
      glow(pen, 60, 60, 18, '#fff1c9');
    });
    paint(scene, 'duel-line', 40, field.bottom - field.top, paintLine);
    picture(scene, 'duel-yard', 0).setOrigin(0, 0);
    this.line = picture(scene, 'duel-line', 1).setPosition(middle.x, middle.y).setBlendMode('ADD');
    this.flames = torches.map(({ x, y }) =>
      picture(scene, 'duel-flame', 2).setPosition(x, y).setBlendMode('ADD'),
    );
  }

  draw(deltaMs: number): void {
    this.ms += deltaMs;
    this.line.setAlpha(0.65 + 0.25 * Math.sin(this.ms / 700));
    this.flames.forEach((flame, index) => {
      const flicker = Math.sin(this.ms / 90 + 2 * index) + Math.sin(this.ms / 53 + 5 * index);
      flame.setAlpha(0.72 + 0.08 * flicker);
    });
  }
}

function paintYard(pen: CanvasRenderingContext2D): void {
  paintWall(pen);
  paintFloor(pen);
  paintRunes(pen);
  paintRim(pen);
  for (const { x, y } of torches) paintTorch(pen, x, y);
}

function paintWall(pen: CanvasRenderingContext2D): void {
  const sky = pen.createLinearGradient(0, 0, 0, 70);
  sky.addColorStop(0, night.top);
  sky.addColorStop(1, night.low);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, stage.width, stage.height);
  const random = chance(3);
  pen.fillStyle = '#ffffff';
  for (let i = 0; i < 40; i++) {
    pen.globalAlpha = 0.2 + 0.6 * random();
    circle(pen, stage.width * random(), 14 * random(), 0.5 + 0.7 * random());
    pen.fill();
  }
  pen.globalAlpha = 1;
  const top = 14;
  pen.fillStyle = night.wall;
  pen.fillRect(0, top + 8, stage.width, 60);
  for (let x = -8; x < stage.width; x += 36) pen.fillRect(x, top, 22, 10);
  pen.fillStyle = night.wallDark;
  for (let row = 0; row < 4; row++) {
    for (let x = row % 2 === 0 ? 0 : -17; x < stage.width; x += 34) {
      pen.globalAlpha = 0.35 + 0.4 * random();
      pen.fillRect(x + 1, top + 10 + 11 * row, 32, 9.5);
    }
  }
  pen.globalAlpha = 1;
}

function paintFloor(pen: CanvasRenderingContext2D): void {
  const random = chance(11);
  const { left, top, right, bottom } = field;
  pen.fillStyle = '#23264d';
  pen.fillRect(0, top - 12, stage.width, stage.height);
  const columns = Math.round((right - left) / tile);
  const rows = Math.round((bottom - top) / tile);
  const width = (right - left) / columns;
  const height = (bottom - top) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const isLeft = column < columns / 2;
      const hue = (isLeft ? 222 : 262) + 10 * random();
      const light = 27 + 5 * random() + ((row + column) % 2 === 0 ? 1.5 : 0);
      pen.fillStyle = `hsl(${hue} 30% ${light}%)`;
      pen.beginPath();
      pen.roundRect(left + column * width + 1, top + row * height + 1, width - 2, height - 2, 5);
      pen.fill();
      pen.strokeStyle = '#ffffff0d';
      pen.lineWidth = 1;
      pen.stroke();
    }
  }
  const warm = (x: number, colour: string) => glow(pen, x, middle.y, 240, colour);
  pen.globalAlpha = 0.22;
  warm(left + 140, '#3f9ae8');
  warm(right - 140, '#f08a24');
  pen.globalAlpha = 1;
}

function paintRunes(pen: CanvasRenderingContext2D): void {
  pen.save();
  pen.translate(middle.x, middle.y);
  pen.strokeStyle = '#b9a8ff3a';
  pen.lineWidth = 2;
  for (const radius of [62, 72]) {
    circle(pen, 0, 0, radius);
    pen.stroke();
  }
  for (let rune = 0; rune < 12; rune++) {
    pen.save();
    pen.rotate((rune * Math.PI) / 6);
    pen.translate(0, -67);
    pen.beginPath();
    pen.moveTo(-3, 3);
    pen.lineTo(0, -3);
    pen.lineTo(3, 3);
    if (rune % 2 === 0) pen.lineTo(-3, 0);
    pen.stroke();
    pen.restore();
  }
  pen.restore();
}

/** A kerb around the field, which orbs rebound from. */
function paintRim(pen: CanvasRenderingContext2D): void {
  const { left, top, right, bottom } = field;
  pen.strokeStyle = '#12142f';
  pen.lineWidth = 14;
  pen.beginPath();
  pen.roundRect(left - 7, top - 7, right - left + 14, bottom - top + 14, 14);
  pen.stroke();
  pen.strokeStyle = '#565c9a';
  pen.lineWidth = 8;
  pen.stroke();
  pen.strokeStyle = '#8d94d6';
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.roundRect(left - 10, top - 10, right - left + 20, bottom - top + 20, 16);
  pen.stroke();
  const shade = pen.createLinearGradient(0, top, 0, top + 16);
  shade.addColorStop(0, '#0a102699');
  shade.addColorStop(1, '#0a102600');
  pen.fillStyle = shade;
  pen.fillRect(left - 2, top - 3, right - left + 4, 19);
}

function paintTorch(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.fillStyle = '#6b4a2c';
  pen.beginPath();
  pen.roundRect(x - 2.5, y + 2, 5, 20, 2);
  pen.fill();
  pen.fillStyle = '#ffcf6b';
  pen.beginPath();
  pen.moveTo(x, y - 11);
  pen.quadraticCurveTo(x + 7, y, x, y + 4);
  pen.quadraticCurveTo(x - 7, y, x, y - 11);
  pen.fill();
}

function paintLine(pen: CanvasRenderingContext2D): void {
  const height = field.bottom - field.top;
  for (const [width, colour] of [
    [18, '#8f7bff22'],
    [8, '#a797ff55'],
    [2.5, '#efeaff'],
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.lineCap = 'round';
    pen.setLineDash([16, 14]);
    pen.beginPath();
    pen.moveTo(20, 12);
    pen.lineTo(20, height - 8);
    pen.stroke();
  }
}

/** The same numbers each time: what is painted looks alike everywhere. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
