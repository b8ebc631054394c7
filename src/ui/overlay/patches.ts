import { areaPx, type Box, intersection, overlap, union } from './box';
import type { DisplayItem } from './display-list';

/** A part of the picture, and everything that is drawn there and nowhere else. */
export interface Patch {
  readonly box: Box;
  readonly items: readonly DisplayItem[];
}

/** A canvas of its own costs a frame about as much as so many pixels more of one that is there. */
const pixelsPerPatch = 13_000;
const mostPatches = 6;

/**
 * The picture's parts on which something is drawn. No two overlap, so that what is drawn over what stays.
 *
 * @param items in order; of those that reach beyond `within` only the rest is seen. @param pixelRatio pixels a CSS pixel.
 * @returns in the order of what is drawn first on each.
 */
export function patchesOf(items: readonly DisplayItem[], within: Box, pixelRatio: number): Patch[] {
  const boxes = boxesOf(items, within, pixelsPerPatch / pixelRatio ** 2);
  const patches = new Map<Box, DisplayItem[]>();
  for (const item of items) {
    const box = boxes.find((each) => overlap(each, item.box));
    if (box === undefined) continue;
    const held = patches.get(box);
    if (held === undefined) patches.set(box, [item]);
    else held.push(item);
  }
  return Array.from(patches, ([box, held]) => ({ box, items: held }));
}

/** A few boxes that hold all that is seen of items, each item in one. */
function boxesOf(items: readonly DisplayItem[], within: Box, worthPx: number): readonly Box[] {
  let boxes: readonly Box[] = [];
  for (const item of items) {
    const box = intersection(item.box, within);
    if (box !== null) boxes = withBox(boxes, box, worthPx);
  }
  while (boxes.length > mostPatches) boxes = withoutCheapest(boxes, worthPx);
  return boxes;
}

/** Adds one, joined with those that are not worth canvases of their own beside it. */
function withBox(boxes: readonly Box[], added: Box, worthPx: number): readonly Box[] {
  const partner = boxes.find((box) => overlap(box, added) || extraPx(box, added) < worthPx);
  if (partner === undefined) return [...boxes, added];
  const others = boxes.filter((box) => box !== partner);
  return withBox(others, union(partner, added), worthPx);
}

/** Joins the two whose joining adds the least that nothing is drawn on. */
function withoutCheapest(boxes: readonly Box[], worthPx: number): readonly Box[] {
  let [first, second] = boxes as readonly [Box, Box];
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1)) {
      if (extraPx(a, b) < extraPx(first, second)) [first, second] = [a, b];
    }
  });
  const others = boxes.filter((box) => box !== first && box !== second);
  return withBox(others, union(first, second), worthPx);
}

/** How many more pixels the box around both has than both. */
function extraPx(a: Box, b: Box): number {
  return areaPx(union(a, b)) - areaPx(a) - areaPx(b);
}
