import type { PictureFrame, SensedPoint, SensePen, SenseTone } from '../../contract';
import type { Box } from './box';
import { boxAround, type DisplayList } from './display-list';
import { freePlace } from './free-place';

const colours: Readonly<Record<SenseTone, string>> = {
  place: '#3cc4ff',
  change: '#ffb000',
  other: '#ff86ad',
};
const mostWidths = 500;
/** Farther from what it names than so many of its heights a label would be taken for another's. */
const farthestHeights = 3;
/** Half a line's width and a little more. */
const linePx = 3;
const dotPx = 4;
const shade = 'rgb(12 16 24 / 55%)';

/** Draws what an agent sees, in its game's units, over a picture in CSS pixels. */
export class FramePen implements SensePen {
  private readonly measure = document.createElement('canvas').getContext('2d');
  private items: DisplayList = [];
  private frame: PictureFrame = { originXPx: 0, originYPx: 0, unitPx: 1 };
  private readonly widths = new Map<string, number>();
  private within: Box = { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };
  /** With the labels of this frame. */
  private taken: Box[] = [];
  private typeScale = 1;

  /**
   * Draws into `items` from now on.
   *
   * @param within where labels may stand. @param taken where none may, as something is said or pressed there.
   * @param typeScale how much larger letters are than usual.
   */
  begin(items: DisplayList, frame: PictureFrame, within: Box, taken: readonly Box[], typeScale = 1): void {
    if (typeScale !== this.typeScale) this.widths.clear();
    this.typeScale = typeScale;
    this.items = items;
    this.frame = frame;
    this.within = within;
    this.taken = [...taken];
  }

  line(from: SensedPoint, to: SensedPoint, tone: SenseTone): void {
    const [start, end] = [this.placeOf(from), this.placeOf(to)];
    this.stroke(boxAround([start, end], linePx), tone, (context) => {
      context.moveTo(...start);
      context.lineTo(...end);
    });
  }

  arrow(from: SensedPoint, to: SensedPoint, tone: SenseTone): void {
    const [start, end] = [this.placeOf(from), this.placeOf(to)];
    const [toX, toY] = end;
    const length = Math.hypot(toX - start[0], toY - start[1]);
    if (length < 3) return;
    const angle = Math.atan2(toY - start[1], toX - start[0]);
    const head = Math.min(9, length);
    this.stroke(boxAround([start, end], linePx + head), tone, (context) => {
      context.moveTo(...start);
      context.lineTo(...end);
      for (const side of [-0.5, 0.5]) {
        context.moveTo(...end);
        context.lineTo(toX - head * Math.cos(angle + side), toY - head * Math.sin(angle + side));
      }
    });
  }

  arc(around: SensedPoint, radius: number, from: number, to: number, tone: SenseTone): void {
    const middle = this.placeOf(around);
    const radiusPx = radius * this.frame.unitPx;
    const upright = -Math.PI / 2;
    this.stroke(boxAround([middle], linePx + radiusPx), tone, (context) =>
      context.arc(...middle, radiusPx, upright + from, upright + to, to < from),
    );
  }

  dot(at: SensedPoint, tone: SenseTone): void {
    const middle = this.placeOf(at);
    this.items.push({
      box: boxAround([middle], dotPx + linePx),
      draw: (context) => {
        context.beginPath();
        context.arc(...middle, dotPx, 0, 2 * Math.PI);
        context.fillStyle = colours[tone];
        context.fill();
        context.lineWidth = 1.5;
        context.strokeStyle = shade;
        context.stroke();
      },
    });
  }

  label(_components: readonly number[], at: SensedPoint, words: string, tone: SenseTone): void {
    const text = words.replaceAll('-', '−');
    const [x, y] = this.placeOf(at);
    const width = this.widthOf(text) + 10;
    const height = 18 * this.typeScale;
    const wished = { xPx: x - width / 2, yPx: y - height / 2, widthPx: width, heightPx: height };
    const place = freePlace(wished, this.taken, this.within);
    if (place === null) return;
    const farPx = Math.hypot(place.xPx - wished.xPx, place.yPx - wished.yPx);
    if (farPx > farthestHeights * height) return;
    this.taken.push(place);
    const { font } = this;
    this.items.push({
      box: place,
      draw: (context) => {
        context.fillStyle = 'rgb(12 16 24 / 78%)';
        context.beginPath();
        context.roundRect(place.xPx, place.yPx, width, height, 5);
        context.fill();
        context.font = font;
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillStyle = colours[tone];
        context.fillText(text, place.xPx + width / 2, place.yPx + height / 2 + 0.5);
      },
    });
  }

  private get font(): string {
    return `600 ${12 * this.typeScale}px ui-sans-serif, system-ui, sans-serif`;
  }

  /** Digits are drawn as wide as each other, near enough: a figure that moves is not measured anew. */
  private widthOf(text: string): number {
    const shape = text.replaceAll(/\d/g, '0');
    const known = this.widths.get(shape);
    if (known !== undefined) return known;
    const { measure } = this;
    if (measure === null) return 0;
    measure.font = this.font;
    const { width } = measure.measureText(shape);
    if (this.widths.size > mostWidths) this.widths.clear();
    this.widths.set(shape, width);
    return width;
  }

  private placeOf([x, y]: SensedPoint): [xPx: number, yPx: number] {
    const { originXPx, originYPx, unitPx, isDownwards = false } = this.frame;
    return [originXPx + x * unitPx, originYPx + (isDownwards ? y : -y) * unitPx];
  }

  /** Seen on light and on dark ground. */
  private stroke(box: Box, tone: SenseTone, trace: (context: CanvasRenderingContext2D) => void): void {
    this.items.push({
      box,
      draw: (context) => {
        context.beginPath();
        trace(context);
        context.lineCap = 'round';
        context.lineWidth = 4.5;
        context.strokeStyle = shade;
        context.stroke();
        context.lineWidth = 2.5;
        context.strokeStyle = colours[tone];
        context.stroke();
      },
    });
  }
}
