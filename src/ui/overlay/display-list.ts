import type { Box } from './box';

/** One thing to be drawn, and where it is seen. */
export interface DisplayItem {
  readonly box: Box;
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

/** What is to be drawn, in order, in CSS pixels from the picture's corner: where it lies is known before any of it is drawn. */
export type DisplayList = DisplayItem[];

/** The box that holds points, and `marginPx` around them. */
export function boxAround(points: readonly (readonly [xPx: number, yPx: number])[], marginPx: number): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, top] = [Math.min(...xs) - marginPx, Math.min(...ys) - marginPx];
  return {
    xPx: left,
    yPx: top,
    widthPx: Math.max(...xs) + marginPx - left,
    heightPx: Math.max(...ys) + marginPx - top,
  };
}
