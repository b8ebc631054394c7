import type { Rectangle } from '../scenes/arena-layout';
import { court } from './court';

/** Where metres of the court lie on the canvas, in CSS pixels. */
export interface CourtView {
  readonly rectangle: Rectangle;
  readonly metrePx: number;
  readonly netXPx: number;
  /** Where players stand. */
  readonly floorYPx: number;
  /** Where the floor begins behind them. */
  readonly backYPx: number;
}

/** Sand left and right of the walls. */
const beyondWalls = 0.3;
/** So much above the floor is seen at least, even where that leaves room beside the walls. */
const leastHeight = 5.2;
/** No more sky than this where the view is tall: the rest is sand. */
const mostHeight = 10.5;
const leastFloorShare = 0.12;
const mostFloorShare = 0.36;
const backDepth = 0.42;

/** The whole court between its walls, as large as fits into `rectangle`. */
export function viewOf(rectangle: Rectangle): CourtView {
  const { xPx, yPx, widthPx, heightPx } = rectangle;
  const metrePx = Math.min(
    widthPx / (2 * (court.halfWidth + beyondWalls)),
    (heightPx * (1 - leastFloorShare)) / leastHeight,
  );
  const sparePx = heightPx - mostHeight * metrePx;
  const floorPx = Math.min(mostFloorShare * heightPx, Math.max(leastFloorShare * heightPx, sparePx));
  const floorYPx = yPx + heightPx - floorPx;
  return {
    rectangle,
    metrePx,
    netXPx: xPx + widthPx / 2,
    floorYPx,
    backYPx: floorYPx - backDepth * metrePx,
  };
}

/** From metres right of the net. */
export function xPxOf(view: CourtView, x: number): number {
  return view.netXPx + x * view.metrePx;
}

/** From metres above the floor. */
export function yPxOf(view: CourtView, y: number): number {
  return view.floorYPx - y * view.metrePx;
}
