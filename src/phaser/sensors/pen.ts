/** What sensors are drawn with: Phaser’s Graphics, or whatever draws likewise. */
export interface SensorPen {
  /** Of lines and outlines from now on; `colour` as 0xrrggbb. */
  lineStyle(width: number, colour: number, alpha?: number): SensorPen;
  /** Of what is filled from now on. */
  fillStyle(colour: number, alpha?: number): SensorPen;
  /** A straight line, in the world’s pixels, as all that follows. */
  lineBetween(fromX: number, fromY: number, toX: number, toY: number): SensorPen;
  /** A circle’s outline. */
  strokeCircle(x: number, y: number, radius: number): SensorPen;
  /** A whole circle. */
  fillCircle(x: number, y: number, radius: number): SensorPen;
  /** A rectangle’s outline, from its upper left corner. */
  strokeRect(x: number, y: number, width: number, height: number): SensorPen;
  /** A whole rectangle, from its upper left corner. */
  fillRect(x: number, y: number, width: number, height: number): SensorPen;
}

/** One a name of what is sensed, to be told apart from each other. */
const colours = [0xffb000, 0x3cc4ff, 0xff5d8f, 0x6fdc5c, 0xc79bff];
/** Where nothing is sensed. */
export const faint = 0xb8c0ca;

/** The colour of the `index`-th name. */
export function colourOf(index: number): number {
  return colours[index % colours.length]!;
}

/** A line that is seen on light and on dark ground. */
export function drawLine(
  pen: SensorPen,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
  colour: number,
  alpha = 1,
): void {
  pen.lineStyle(3.5, 0x10141c, 0.35 * alpha).lineBetween(fromX, fromY, toX, toY);
  pen.lineStyle(1.5, colour, alpha).lineBetween(fromX, fromY, toX, toY);
}

/** A place at which something is. */
export function drawDot(pen: SensorPen, x: number, y: number, colour: number): void {
  pen.fillStyle(0x10141c, 0.5).fillCircle(x, y, 4.5);
  pen.fillStyle(colour, 1).fillCircle(x, y, 3);
}

/** A line whose end is an arrow's head. */
export function drawArrow(
  pen: SensorPen,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
  colour: number,
): void {
  const angle = Math.atan2(toY - fromY, toX - fromX);
  drawLine(pen, [fromX, fromY, toX, toY], colour);
  for (const side of [-0.5, 0.5]) {
    const [x, y] = [toX - 8 * Math.cos(angle + side), toY - 8 * Math.sin(angle + side)];
    drawLine(pen, [toX, toY, x, y], colour);
  }
}
