import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceToBox, distanceToCell, distanceToCircle, distanceToPolygon, inverse } from './ray-kernel';

// No numbers so small that products of them vanish.
const place = fc.integer({ min: -800, max: 800 }).map((eighths) => eighths / 8);
const size = fc.integer({ min: 16, max: 480 }).map((eighths) => eighths / 8);
const angle = fc.integer({ min: 0, max: 6_282 }).map((thousandths) => thousandths / 1_000);

/** The first distance at which a point of the ray is within, walking by small steps. */
function walked(x: number, y: number, dx: number, dy: number, isWithin: (x: number, y: number) => boolean) {
  for (let distance = 0; distance < 400; distance += 0.05) {
    if (isWithin(x + distance * dx, y + distance * dy)) return distance;
  }
  return Number.POSITIVE_INFINITY;
}

/** Walking finds what is met, or at most brushes past it: then either may be right. */
const areAlike = (found: number, byWalking: number) =>
  !Number.isFinite(byWalking) || Math.abs(found - byWalking) <= 0.06;

const areClose = (a: number, b: number) => Math.abs(a - b) < 1e-6;

describe('a ray meets', () => {
  it('a box where a walk along it does, and is there then', () => {
    fc.assert(
      fc.property(place, place, angle, place, place, size, size, (x, y, turn, left, top, width, height) => {
        const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
        const [right, bottom] = [left + width, top + height];
        const isWithin = (px: number, py: number, by = 0) =>
          px >= left - by && px <= right + by && py >= top - by && py <= bottom + by;
        const found = distanceToBox(x, y, inverse(dx), inverse(dy), left, top, right, bottom);
        const isThere = !Number.isFinite(found) || isWithin(x + found * dx, y + found * dy, 1e-6);
        return isThere && areAlike(found, walked(x, y, dx, dy, isWithin));
      }),
    );
  });

  it('a circle where a walk along it does, and is there then', () => {
    fc.assert(
      fc.property(place, place, angle, place, place, size, (x, y, turn, cx, cy, radius) => {
        const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
        const isWithin = (px: number, py: number, by = 0) => Math.hypot(px - cx, py - cy) <= radius + by;
        const found = distanceToCircle(x, y, dx, dy, cx, cy, radius);
        const isThere = !Number.isFinite(found) || isWithin(x + found * dx, y + found * dy, 1e-6);
        return isThere && areAlike(found, walked(x, y, dx, dy, isWithin));
      }),
    );
  });

  it('a box and the polygon of its corners alike, whichever way round', () => {
    const box = fc.tuple(place, place, size, size);
    fc.assert(
      fc.property(
        place,
        place,
        angle,
        box,
        fc.boolean(),
        (x, y, turn, [left, top, width, height], isReversed) => {
          const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
          const [right, bottom] = [left + width, top + height];
          const corners = [
            { x: left, y: top },
            { x: right, y: top },
            { x: right, y: bottom },
            { x: left, y: bottom },
          ];
          const asPolygon = distanceToPolygon(x, y, dx, dy, isReversed ? corners.reverse() : corners);
          const asBox = distanceToBox(x, y, inverse(dx), inverse(dy), left, top, right, bottom);
          // Of one that brushes a corner either may be right.
          return !Number.isFinite(asPolygon) || !Number.isFinite(asBox) || areClose(asPolygon, asBox);
        },
      ),
    );
  });

  it('the full cell of a grid that its box is', () => {
    const cell = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }));
    fc.assert(
      fc.property(place, place, angle, cell, (onLineX, onLineY, turn, [column, row]) => {
        // Off the lines between cells, which belong to one of them alone.
        const [x, y] = [onLineX + 0.0137, onLineY + 0.0071];
        const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
        const found = distanceToCell(x, y, dx, dy, 20, 30, (c, r) => c === column && r === row, 500);
        const [left, top] = [column * 20, row * 30];
        const asBox = distanceToBox(x, y, inverse(dx), inverse(dy), left, top, left + 20, top + 30);
        if (Number.isFinite(found)) return areClose(found, asBox);
        const [px, py] = [x + asBox * dx - left, y + asBox * dy - top];
        // A walk from cell to cell may pass a corner on its other side.
        return !Number.isFinite(asBox) || (Math.min(px, 20 - px) < 1e-6 && Math.min(py, 30 - py) < 1e-6);
      }),
    );
  });

  it('known things at known distances', () => {
    // From the origin to the right: a box whose side is at 5, a circle whose edge is at 7, a triangle's side at 3.
    expect(distanceToBox(0, 0, 1, inverse(0), 5, -1, 6, 1)).toBe(5);
    expect(distanceToBox(0, 0, -1, inverse(0), 5, -1, 6, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(distanceToBox(5.5, 0, 1, inverse(0), 5, -1, 6, 1)).toBe(0);
    expect(distanceToCircle(0, 0, 1, 0, 10, 0, 3)).toBe(7);
    expect(distanceToCircle(0, 0, 1, 0, 10, 4, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(distanceToCircle(0, 0, 1, 0, 1, 1, 3)).toBe(0);
    const triangle = [
      { x: 3, y: -1 },
      { x: 3, y: 1 },
      { x: 5, y: 0 },
    ];
    expect(distanceToPolygon(0, 0, 1, 0, triangle)).toBe(3);
    expect(distanceToPolygon(3.5, 0, 1, 0, triangle)).toBe(0);
    expect(distanceToCell(5, 5, 1, 0, 10, 10, (column) => column === 3, 100)).toBe(25);
    expect(distanceToCell(5, 5, 1, 0, 10, 10, (column) => column === 3, 20)).toBe(Number.POSITIVE_INFINITY);
  });
});
