import type { PictureFrame, SensedPoint, SensePen, SenseTone } from '../../contract';
import { type Box, freePlace } from './free-place';

const colours: Readonly<Record<SenseTone, string>> = {
  place: '#3cc4ff',
  change: '#ffb000',
  other: '#ff86ad',
};
const mostWidths = 500;
/** Farther from what it names than so many of its heights a label would be taken for another's. */
const farthestHeights = 3;
const shade = 'rgb(12 16 24 / 55%)';

/** Draws what a simulation's agent sees, in its units, into a picture in CSS pixels. */
export class FramePen implements SensePen {
  private context!: CanvasRenderingContext2D;
  private frame: PictureFrame = { originXPx: 0, originYPx: 0, unitPx: 1 };
  private readonly widths = new Map<string, number>();
  private within: Box = { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };
  /** With the labels of this frame. */
  private taken: Box[] = [];
  private typeScale = 1;

  /**
   * @param within where labels may stand. @param taken where none may, as something is said or pressed there.
   * @param typeScale how much larger letters are than usual.
   */
  begin(
    context: CanvasRenderingContext2D,
    frame: PictureFrame,
    within: Box,
    taken: readonly Box[],
    typeScale = 1,
  ): void {
    if (typeScale !== this.typeScale) this.widths.clear();
    this.typeScale = typeScale;
    this.context = context;
    this.frame = frame;
    this.within = within;
    this.taken = [...taken];
    context.lineCap = 'round';
    context.font = `600 ${12 * typeScale}px ui-sans-serif, system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
  }

  line(from: SensedPoint, to: SensedPoint, tone: SenseTone): void {
    const { context } = this;
    context.beginPath();
    context.moveTo(...this.placeOf(from));
    context.lineTo(...this.placeOf(to));
    this.stroke(tone);
  }

  arrow(from: SensedPoint, to: SensedPoint, tone: SenseTone): void {
    const { context } = this;
    const [fromX, fromY] = this.placeOf(from);
    const [toX, toY] = this.placeOf(to);
    const length = Math.hypot(toX - fromX, toY - fromY);
    if (length < 3) return;
    const angle = Math.atan2(toY - fromY, toX - fromX);
    const head = Math.min(9, length);
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    for (const side of [-0.5, 0.5]) {
      context.moveTo(toX, toY);
      context.lineTo(toX - head * Math.cos(angle + side), toY - head * Math.sin(angle + side));
    }
    this.stroke(tone);
  }

  arc(around: SensedPoint, radius: number, from: number, to: number, tone: SenseTone): void {
    const [x, y] = this.placeOf(around);
    const upright = -Math.PI / 2;
    this.context.beginPath();
    this.context.arc(x, y, radius * this.frame.unitPx, upright + from, upright + to, to < from);
    this.stroke(tone);
  }

  dot(at: SensedPoint, tone: SenseTone): void {
    const { context } = this;
    context.beginPath();
    context.arc(...this.placeOf(at), 4, 0, 2 * Math.PI);
    context.fillStyle = colours[tone];
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = shade;
    context.stroke();
  }

  label(_components: readonly number[], at: SensedPoint, words: string, tone: SenseTone): void {
    const { context } = this;
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
    context.fillStyle = 'rgb(12 16 24 / 78%)';
    context.beginPath();
    context.roundRect(place.xPx, place.yPx, width, height, 5);
    context.fill();
    context.fillStyle = colours[tone];
    context.fillText(text, place.xPx + width / 2, place.yPx + height / 2 + 0.5);
  }

  /** Digits are drawn as wide as each other, near enough: a figure that moves is not measured anew. */
  private widthOf(text: string): number {
    const shape = text.replaceAll(/\d/g, '0');
    const known = this.widths.get(shape);
    if (known !== undefined) return known;
    const { width } = this.context.measureText(shape);
    if (this.widths.size > mostWidths) this.widths.clear();
    this.widths.set(shape, width);
    return width;
  }

  private placeOf([x, y]: SensedPoint): [xPx: number, yPx: number] {
    const { originXPx, originYPx, unitPx, isDownwards = false } = this.frame;
    return [originXPx + x * unitPx, originYPx + (isDownwards ? y : -y) * unitPx];
  }

  /** Seen on light and on dark ground. */
  private stroke(tone: SenseTone): void {
    const { context } = this;
    context.lineWidth = 4.5;
    context.strokeStyle = shade;
    context.stroke();
    context.lineWidth = 2.5;
    context.strokeStyle = colours[tone];
    context.stroke();
  }
}
