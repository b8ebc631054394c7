import type { PictureFrame } from '../../contract';
import type { Box } from './box';
import { boxAround, type DisplayList } from './display-list';

/** Draws as Phaser's Graphics would, over the page. Lines are as wide as told in CSS pixels. */
export class GraphicsPen {
  private items: DisplayList = [];
  private frame: PictureFrame = { originXPx: 0, originYPx: 0, unitPx: 1 };
  private largestRadiusPx = 0;
  private line = { widthPx: 1, style: '' };
  private fill = '';

  /** Draws into `items` from now on. @param frame of the world. @param within what is seen of it. */
  begin(items: DisplayList, frame: PictureFrame, { widthPx, heightPx }: Box): void {
    this.items = items;
    this.frame = frame;
    this.largestRadiusPx = Math.min(widthPx, heightPx) / 2;
  }

  lineStyle(width: number, colour: number, alpha = 1): this {
    this.line = { widthPx: width, style: cssColour(colour, alpha) };
    return this;
  }

  fillStyle(colour: number, alpha = 1): this {
    this.fill = cssColour(colour, alpha);
    return this;
  }

  lineBetween(fromX: number, fromY: number, toX: number, toY: number): this {
    const [from, to] = [this.placeOf(fromX, fromY), this.placeOf(toX, toY)];
    return this.stroke([from, to], 0, (context) => {
      context.moveTo(...from);
      context.lineTo(...to);
    });
  }

  /** One that is wider than the picture’s shorter side is left out: of such reaches nothing but stray arcs would be seen. */
  strokeCircle(x: number, y: number, radius: number): this {
    const [middle, radiusPx] = [this.placeOf(x, y), radius * this.frame.unitPx];
    if (radiusPx > this.largestRadiusPx) return this;
    return this.stroke([middle], radiusPx, (context) => context.arc(...middle, radiusPx, 0, 2 * Math.PI));
  }

  fillCircle(x: number, y: number, radius: number): this {
    const [middle, radiusPx] = [this.placeOf(x, y), radius * this.frame.unitPx];
    const { fill } = this;
    this.items.push({
      box: boxAround([middle], radiusPx),
      draw: (context) => {
        context.beginPath();
        context.arc(...middle, radiusPx, 0, 2 * Math.PI);
        context.fillStyle = fill;
        context.fill();
      },
    });
    return this;
  }

  strokeRect(x: number, y: number, width: number, height: number): this {
    const [corner, opposite] = [this.placeOf(x, y), this.placeOf(x + width, y + height)];
    return this.stroke([corner, opposite], 0, (context) =>
      context.rect(...corner, opposite[0] - corner[0], opposite[1] - corner[1]),
    );
  }

  fillRect(x: number, y: number, width: number, height: number): this {
    const [corner, opposite] = [this.placeOf(x, y), this.placeOf(x + width, y + height)];
    const { fill } = this;
    this.items.push({
      box: boxAround([corner, opposite], 0),
      draw: (context) => {
        context.fillStyle = fill;
        context.fillRect(...corner, opposite[0] - corner[0], opposite[1] - corner[1]);
      },
    });
    return this;
  }

  private stroke(
    points: readonly (readonly [number, number])[],
    radiusPx: number,
    trace: (context: CanvasRenderingContext2D) => void,
  ): this {
    const { widthPx, style } = this.line;
    this.items.push({
      box: boxAround(points, radiusPx + widthPx),
      draw: (context) => {
        context.lineCap = 'butt';
        context.lineWidth = widthPx;
        context.strokeStyle = style;
        context.beginPath();
        trace(context);
        context.stroke();
      },
    });
    return this;
  }

  private placeOf(x: number, y: number): [xPx: number, yPx: number] {
    const { originXPx, originYPx, unitPx } = this.frame;
    return [originXPx + x * unitPx, originYPx + y * unitPx];
  }
}

function cssColour(colour: number, alpha: number): string {
  return `rgb(${colour >> 16} ${(colour >> 8) & 255} ${colour & 255} / ${alpha})`;
}
