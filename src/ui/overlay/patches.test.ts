import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, overlap } from './box';
import type { DisplayItem } from './display-list';
import { patchRoom } from './patch-room';
import { patchesOf } from './patches';

const px = (most: number) => fc.integer({ min: 0, max: most });
const box = fc.record({
  xPx: px(900),
  yPx: px(700),
  widthPx: fc.integer({ min: 1, max: 300 }),
  heightPx: fc.integer({ min: 1, max: 120 }),
});
const within: Box = { xPx: 20, yPx: 10, widthPx: 800, heightPx: 600 };
const holds = (outer: Box, inner: Box) =>
  inner.xPx >= outer.xPx &&
  inner.yPx >= outer.yPx &&
  inner.xPx + inner.widthPx <= outer.xPx + outer.widthPx &&
  inner.yPx + inner.heightPx <= outer.yPx + outer.heightPx;
const itemsOf = (boxes: readonly Box[]): DisplayItem[] =>
  boxes.map((each) => ({ box: each, draw: () => {} }));
/** The part of a box that can be seen. */
const seen = (each: Box): Box => {
  const [xPx, yPx] = [Math.max(each.xPx, within.xPx), Math.max(each.yPx, within.yPx)];
  return {
    xPx,
    yPx,
    widthPx: Math.min(each.xPx + each.widthPx, within.xPx + within.widthPx) - xPx,
    heightPx: Math.min(each.yPx + each.heightPx, within.yPx + within.heightPx) - yPx,
  };
};

describe('patches', () => {
  it('hold each item that can be seen once, whole, and do not overlap', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), fc.constantFrom(1, 1.5, 2, 3), (boxes, ratio) => {
        const items = itemsOf(boxes);
        const patches = patchesOf(items, within, ratio);
        const visible = items.filter((item) => overlap(item.box, within));
        const held = patches.flatMap((patch) => patch.items);
        expect(held).toHaveLength(visible.length);
        expect(new Set(held)).toEqual(new Set(visible));
        for (const patch of patches) {
          expect(holds(within, patch.box)).toBe(true);
          for (const item of patch.items) expect(holds(patch.box, seen(item.box))).toBe(true);
          expect(patches.filter((other) => overlap(other.box, patch.box))).toEqual([patch]);
        }
        expect(patches.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('keep the order of items, and stand in the order of their first ones', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), (boxes) => {
        const items = itemsOf(boxes);
        const places = patchesOf(items, within, 1).map((patch) =>
          patch.items.map((item) => items.indexOf(item)),
        );
        const isOrdered = (order: readonly number[]) =>
          order.every((place, index) => index === 0 || place > order[index - 1]!);
        for (const order of places) expect(isOrdered(order)).toBe(true);
        expect(isOrdered(places.map(([first]) => first!))).toBe(true);
      }),
    );
  });

  it('are apart where things are far apart, and one where they are near', () => {
    const [here, near, far] = [30, 60, 600].map((xPx) => ({ xPx, yPx: 40, widthPx: 20, heightPx: 20 }));
    if (here === undefined || near === undefined || far === undefined) throw new Error('Three were made.');
    expect(patchesOf(itemsOf([here, near]), within, 1)).toHaveLength(1);
    expect(patchesOf(itemsOf([here, far]), within, 3)).toHaveLength(2);
  });
});

describe('the room of a patch', () => {
  it('holds it, lies within the picture, and stays as large while little changes', () => {
    fc.assert(
      fc.property(box, box, (first, second) => {
        fc.pre(overlap(first, within) && overlap(second, within));
        const nothing = { widthPx: 0, heightPx: 0 };
        const room = patchRoom(seen(first), nothing, within);
        expect(holds(within, room)).toBe(true);
        expect(holds(room, seen(first))).toBe(true);
        const next = patchRoom(seen(second), room, within);
        expect(holds(next, seen(second))).toBe(true);
        expect(patchRoom(seen(second), next, within)).toEqual(next);
      }),
    );
  });
});
