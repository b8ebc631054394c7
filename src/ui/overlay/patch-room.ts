import type { Box } from './box';

/** Canvases grow and shrink in steps: one whose size changes is made anew by the browser. */
const stepPx = 32;
/** So much larger than what is drawn a canvas stays before it is made smaller. */
const sparePx = 2 * stepPx;

/** As large as a canvas is. */
type Size = Pick<Box, 'widthPx' | 'heightPx'>;

/** Where a canvas lies that holds `box`, itself a part of `within`, and is no larger than that; as large as it is where that will do. */
export function patchRoom(box: Box, present: Size, within: Box): Box {
  const widthPx = sideOf(box.widthPx, present.widthPx, within.widthPx);
  const heightPx = sideOf(box.heightPx, present.heightPx, within.heightPx);
  return {
    xPx: Math.min(Math.floor(box.xPx), within.xPx + within.widthPx - widthPx),
    yPx: Math.min(Math.floor(box.yPx), within.yPx + within.heightPx - heightPx),
    widthPx,
    heightPx,
  };
}

function sideOf(neededPx: number, presentPx: number, mostPx: number): number {
  // Its corner is put on a whole pixel before.
  const wholePx = neededPx + 1;
  const isEnough = presentPx >= wholePx && presentPx < wholePx + sparePx;
  const sidePx = isEnough ? presentPx : stepPx * Math.ceil(wholePx / stepPx);
  return Math.min(sidePx, mostPx);
}
