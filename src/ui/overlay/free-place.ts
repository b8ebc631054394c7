import { type Box, overlap } from './box';

/** Between what is written and what must stay free. */
const gapPx = 2;

/**
 * Where something may be written: as near as can be to where it is wished for, inside of the picture and over nothing
 * that is taken. @returns null where there is no such place.
 */
export function freePlace(wished: Box, taken: readonly Box[], within: Box): Box | null {
  const { widthPx, heightPx } = wished;
  if (widthPx > within.widthPx || heightPx > within.heightPx) return null;
  const lastX = within.xPx + within.widthPx - widthPx;
  const lastY = within.yPx + within.heightPx - heightPx;
  // Past the edge of each, and where it is wished for: a nearest free place touches one of these in each direction.
  const xs = [
    wished.xPx,
    ...taken.flatMap((box) => [box.xPx - widthPx - gapPx, box.xPx + box.widthPx + gapPx]),
  ];
  const ys = [
    wished.yPx,
    ...taken.flatMap((box) => [box.yPx - heightPx - gapPx, box.yPx + box.heightPx + gapPx]),
  ];
  let nearest: Box | null = null;
  let nearestPx = Number.POSITIVE_INFINITY;
  for (const x of xs) {
    for (const y of ys) {
      const box = {
        xPx: clamped(x, within.xPx, lastX),
        yPx: clamped(y, within.yPx, lastY),
        widthPx,
        heightPx,
      };
      const farPx = Math.hypot(box.xPx - wished.xPx, box.yPx - wished.yPx);
      if (farPx >= nearestPx || taken.some((each) => overlap(each, box))) continue;
      nearest = box;
      nearestPx = farPx;
    }
  }
  return nearest;
}

const clamped = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
