import type Phaser from 'phaser';
import { arc, type PaintedTextures } from './painted-textures';
import { cssColour } from './palette';

/** A stick with a round head, simple and thick enough to be seen at a tile's size. */
export interface Stick {
  /** From the pivot to the head's centre. */
  readonly lengthPx: number;
  readonly colour: number;
  readonly headColour: number;
  readonly pivotColour: number;
}

/** Paints the stick upright and gives it to `images`, which then turn about its pivot. */
export function paintStick(
  textures: PaintedTextures,
  part: string,
  stick: Stick,
  images: readonly Phaser.GameObjects.Image[],
): void {
  const { lengthPx } = stick;
  const headPx = Math.max(2.5, lengthPx * 0.14);
  const pivotPx = Math.max(2, lengthPx * 0.09);
  const marginPx = 2;
  const widthPx = Math.ceil(2 * (headPx + marginPx));
  const heightPx = Math.ceil(lengthPx + headPx + pivotPx + 2 * marginPx);
  const pivotYPx = heightPx - pivotPx - marginPx;
  textures.paint(
    part,
    widthPx,
    heightPx,
    (context) => {
      context.lineCap = 'round';
      context.lineWidth = Math.max(2, lengthPx * 0.07);
      context.strokeStyle = cssColour(stick.colour);
      context.beginPath();
      context.moveTo(widthPx / 2, pivotYPx);
      context.lineTo(widthPx / 2, pivotYPx - lengthPx);
      context.stroke();
      const disc = (yPx: number, radiusPx: number, colour: number) => {
        context.fillStyle = cssColour(colour);
        arc(context, widthPx / 2, yPx, radiusPx);
        context.fill();
      };
      disc(pivotYPx, pivotPx, stick.pivotColour);
      disc(pivotYPx - lengthPx, headPx, stick.headColour);
    },
    images,
  );
  for (const image of images) image.setOrigin(0.5, pivotYPx / heightPx);
}
