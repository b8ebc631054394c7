import { carLengthPx, carWidthPx } from '../car';

/** Texture pixels a world pixel: sharp on any display, and a power of two wide, so that it is shrunk smoothly. */
export const carScale = 6;
export const carTexture = { width: 256, height: 128 } as const;

/** Paints a car that looks to the right, in the middle of its texture. */
export function paintCar(pen: CanvasRenderingContext2D, livery: string, number: number): void {
  pen.save();
  pen.translate(carTexture.width / 2, carTexture.height / 2);
  pen.scale(carScale, carScale);
  paintWheelsAndWings(pen, livery);
  paintBody(pen, livery);
  paintCockpit(pen, livery);
  paintNumber(pen, number);
  pen.restore();
}

const [long, wide] = [carLengthPx / 2, carWidthPx / 2];

function paintBox(
  pen: CanvasRenderingContext2D,
  colour: string,
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  radius: number,
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fill();
}

function paintWheelsAndWings(pen: CanvasRenderingContext2D, livery: string): void {
  for (const y of [-wide, wide - 4.2]) {
    paintBox(pen, '#14161b', [-long + 3, y, 8, 4.2], 1.4);
    paintBox(pen, '#14161b', [long - 11, y, 7, 4.2], 1.4);
  }
  paintBox(pen, '#20242c', [-long, -wide + 0.8, 4, 2 * wide - 1.6], 1);
  paintBox(pen, livery, [long - 4, -wide + 1.2, 3.4, 2 * wide - 2.4], 1.2);
}

/** From a broad tail to a narrow nose, lit from above on the left, with a stripe. */
function paintBody(pen: CanvasRenderingContext2D, livery: string): void {
  pen.fillStyle = livery;
  pen.beginPath();
  pen.moveTo(-long + 2.5, -wide + 3);
  pen.quadraticCurveTo(-2, -wide + 0.6, 3, -wide + 3.2);
  pen.lineTo(long - 2, -2.3);
  pen.quadraticCurveTo(long, 0, long - 2, 2.3);
  pen.lineTo(3, wide - 3.2);
  pen.quadraticCurveTo(-2, wide - 0.6, -long + 2.5, wide - 3);
  pen.closePath();
  pen.fill();
  pen.lineWidth = 0.8;
  pen.strokeStyle = 'rgba(10, 12, 18, 0.65)';
  pen.stroke();
  paintBox(pen, 'rgba(255,255,255,0.4)', [-long + 3, -wide + 3.4, 17, 1.5], 0.7);
  paintBox(pen, 'rgba(255,255,255,0.85)', [-long + 3, -1, 8, 2], 0.6);
  paintBox(pen, 'rgba(255,255,255,0.85)', [8, -0.9, 7, 1.8], 0.6);
}

/** With a helmet in it. */
function paintCockpit(pen: CanvasRenderingContext2D, livery: string): void {
  paintBox(pen, '#181c24', [-6.5, -3.9, 12, 7.8], 3.6);
  paintBox(pen, 'rgba(150, 205, 240, 0.75)', [1.5, -3.1, 3, 6.2], 1.4);
  pen.fillStyle = '#f6f3ea';
  pen.beginPath();
  pen.arc(-2, 0, 2.9, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = livery;
  pen.fillRect(-4.6, -0.7, 5.2, 1.4);
}

/** On the tail. */
function paintNumber(pen: CanvasRenderingContext2D, number: number): void {
  pen.fillStyle = 'rgba(10, 12, 18, 0.8)';
  pen.font = '700 4.6px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.translate(-11.4, 0);
  pen.rotate(Math.PI / 2);
  pen.fillText(String(number), 0, 0.2);
}
