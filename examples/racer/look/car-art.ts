import { carLengthPx, carWidthPx } from '../car';

/** Texture pixels a world pixel: sharp on any display, and a power of two wide, so that it is shrunk smoothly. */
export const carScale = 6;
export const carTexture = { width: 256, height: 128 } as const;

/** Paints a car that looks to the right, in the middle of its texture. */
export function paintCar(pen: CanvasRenderingContext2D, livery: string, number: number): void {
  pen.save();
  pen.translate(carTexture.width / 2, carTexture.height / 2);
  pen.scale(carScale, carScale);
  const [long, wide] = [carLengthPx / 2, carWidthPx / 2];
  const box = (x: number, y: number, width: number, height: number, radius: number, colour: string) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(x, y, width, height, radius);
    pen.fill();
  };
  // Wheels.
  for (const y of [-wide, wide - 4.2]) {
    box(-long + 3, y, 8, 4.2, 1.4, '#14161b');
    box(long - 11, y, 7, 4.2, 1.4, '#14161b');
  }
  // Wings behind and in front.
  box(-long, -wide + 0.8, 4, 2 * wide - 1.6, 1, '#20242c');
  box(long - 4, -wide + 1.2, 3.4, 2 * wide - 2.4, 1.2, livery);
  // The body, from a broad tail to a narrow nose.
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
  // Light from above on the left, and a stripe.
  box(-long + 3, -wide + 3.4, 17, 1.5, 0.7, 'rgba(255,255,255,0.4)');
  box(-long + 3, -1, 8, 2, 0.6, 'rgba(255,255,255,0.85)');
  box(8, -0.9, 7, 1.8, 0.6, 'rgba(255,255,255,0.85)');
  // Cockpit and helmet.
  box(-6.5, -3.9, 12, 7.8, 3.6, '#181c24');
  box(1.5, -3.1, 3, 6.2, 1.4, 'rgba(150, 205, 240, 0.75)');
  pen.fillStyle = '#f6f3ea';
  pen.beginPath();
  pen.arc(-2, 0, 2.9, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = livery;
  pen.fillRect(-4.6, -0.7, 5.2, 1.4);
  // Its number, on the tail.
  pen.fillStyle = 'rgba(10, 12, 18, 0.8)';
  pen.font = '700 4.6px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.save();
  pen.translate(-11.4, 0);
  pen.rotate(Math.PI / 2);
  pen.fillText(String(number), 0, 0.2);
  pen.restore();
  pen.restore();
}
