import type { PictureFrame, SensedPoint, SensePen, SenseTone } from '../../contract';

const colours: Readonly<Record<SenseTone, string>> = {
  place: '#3cc4ff',
  change: '#ffb000',
  other: '#ff86ad',
};
const shade = 'rgb(12 16 24 / 55%)';

/** Draws what a simulation's agent sees, in its units, into a picture in CSS pixels. */
export class FramePen implements SensePen {
  private context!: CanvasRenderingContext2D;
  private frame: PictureFrame = { originXPx: 0, originYPx: 0, unitPx: 1 };

  begin(context: CanvasRenderingContext2D, frame: PictureFrame): void {
    this.context = context;
    this.frame = frame;
    context.lineCap = 'round';
    context.font = '600 12px ui-sans-serif, system-ui, sans-serif';
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
    const width = context.measureText(text).width + 10;
    // A picture's edge cuts no words off.
    const { a: ratio } = context.getTransform();
    const left = Math.max(2, Math.min(context.canvas.width / ratio - width - 2, x - width / 2));
    context.fillStyle = 'rgb(12 16 24 / 78%)';
    context.beginPath();
    context.roundRect(left, y - 9, width, 18, 5);
    context.fill();
    context.fillStyle = colours[tone];
    context.fillText(text, left + width / 2, y + 0.5);
  }

  private placeOf([x, y]: SensedPoint): [xPx: number, yPx: number] {
    const { originXPx, originYPx, unitPx } = this.frame;
    return [originXPx + x * unitPx, originYPx - y * unitPx];
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
