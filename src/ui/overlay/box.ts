/** In CSS pixels from the picture's corner. */
export interface Box {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export const areaPx = ({ widthPx, heightPx }: Box) => widthPx * heightPx;

export function overlap(a: Box, b: Box): boolean {
  const isBeside = a.xPx + a.widthPx <= b.xPx || b.xPx + b.widthPx <= a.xPx;
  return !isBeside && a.yPx + a.heightPx > b.yPx && b.yPx + b.heightPx > a.yPx;
}

/** The smallest box around both. */
export function union(a: Box, b: Box): Box {
  const [xPx, yPx] = [Math.min(a.xPx, b.xPx), Math.min(a.yPx, b.yPx)];
  return {
    xPx,
    yPx,
    widthPx: Math.max(a.xPx + a.widthPx, b.xPx + b.widthPx) - xPx,
    heightPx: Math.max(a.yPx + a.heightPx, b.yPx + b.heightPx) - yPx,
  };
}

/** Null where they share nothing. */
export function intersection(a: Box, b: Box): Box | null {
  const [xPx, yPx] = [Math.max(a.xPx, b.xPx), Math.max(a.yPx, b.yPx)];
  const widthPx = Math.min(a.xPx + a.widthPx, b.xPx + b.widthPx) - xPx;
  const heightPx = Math.min(a.yPx + a.heightPx, b.yPx + b.heightPx) - yPx;
  return widthPx > 0 && heightPx > 0 ? { xPx, yPx, widthPx, heightPx } : null;
}
