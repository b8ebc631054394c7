import type Phaser from 'phaser';
import { sharpness } from '../sharpness';

/** Draws on a canvas whose units are the stage's pixels. */
export type Painter = (pen: CanvasRenderingContext2D) => void;

/** Makes a texture of a drawing, as sharp as the canvas that it is shown on. One that is there stays. */
export function paint(
  scene: Phaser.Scene,
  key: string,
  width: number,
  height: number,
  painter: Painter,
): void {
  if (scene.textures.exists(key)) return;
  const texture = scene.textures.createCanvas(
    key,
    Math.ceil(width * sharpness),
    Math.ceil(height * sharpness),
  );
  if (texture === null) return;
  const pen = texture.getContext();
  pen.scale(sharpness, sharpness);
  painter(pen);
  texture.refresh();
}

/** A picture of a painted texture in the stage's own size. @param depth what is higher covers what is lower. */
export function picture(scene: Phaser.Scene, key: string, depth: number): Phaser.GameObjects.Image {
  return scene.add
    .image(0, 0, key)
    .setScale(1 / sharpness)
    .setDepth(depth);
}

export function circle(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

export function ellipse(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
): void {
  pen.beginPath();
  pen.ellipse(x, y, radiusX, radiusY, 0, 0, 2 * Math.PI);
}

/** A star around (x, y), its first point up. */
export function star(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, points = 5): void {
  pen.beginPath();
  for (let point = 0; point < 2 * points; point++) {
    const angle = (Math.PI * point) / points - Math.PI / 2;
    const reach = point % 2 === 0 ? radius : radius * 0.45;
    pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  pen.closePath();
}

/** A light that fades to nothing at its edge. */
export function glow(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
): void {
  const light = pen.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, colour);
  light.addColorStop(0.4, `${colour}66`);
  light.addColorStop(1, `${colour}00`);
  pen.fillStyle = light;
  pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
