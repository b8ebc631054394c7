import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, overlap } from './box';
import { CardCorner } from './card-corner';

const within: Box = { xPx: 0, yPx: 0, widthPx: 800, heightPx: 500 };
const card = { widthPx: 176, heightPx: 120 };
const corners: readonly [Box, ...Box[]] = [
  { xPx: 8, yPx: 8, ...card },
  { xPx: 8, yPx: 372, ...card },
  { xPx: 616, yPx: 8, ...card },
  { xPx: 616, yPx: 372, ...card },
];
const body = fc.record({
  xPx: fc.integer({ min: 0, max: 720 }),
  yPx: fc.integer({ min: 0, max: 420 }),
  widthPx: fc.constant(80),
  heightPx: fc.constant(80),
});

describe('the corner of a card', () => {
  it('hides nothing at the beginning, where one of four does not', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 5 }), (bodies) => {
        const place = new CardCorner().place(corners, [], () => bodies, within, 0);
        const hides = (corner: Box) => bodies.some((each) => overlap(each, corner));
        expect(hides(place)).toBe(corners.every(hides));
      }),
    );
  });

  it('hides as little as can be where each of them hides something', () => {
    // The card is 176 × 120: of squares of 80 px, half of one, a quarter, a whole one, three quarters.
    const bodies: readonly Box[] = [
      [60, 88],
      [144, 332],
      [650, 20],
      [636, 352],
    ].map(([xPx = 0, yPx = 0]) => ({ xPx, yPx, widthPx: 80, heightPx: 80 }));
    expect(new CardCorner().place(corners, [], () => bodies, within, 0)).toEqual(corners[1]);
  });

  it('stays though something passes behind it, and goes where that stays', () => {
    const corner = new CardCorner();
    let bodies: readonly Box[] = [];
    const at = (nowMs: number) => corner.place(corners, [], () => bodies, within, nowMs);
    expect(at(0)).toEqual(corners[0]);
    bodies = [{ xPx: 20, yPx: 20, widthPx: 40, heightPx: 40 }];
    expect(at(400)).toEqual(corners[0]);
    bodies = [];
    expect(at(800)).toEqual(corners[0]);
    bodies = [{ xPx: 20, yPx: 20, widthPx: 40, heightPx: 40 }];
    expect(at(1_300)).toEqual(corners[0]);
    expect(at(1_500)).toEqual(corners[1]);
    bodies = [];
    // Nothing hides it where it is now, either.
    expect(at(3_000)).toEqual(corners[1]);
  });
});
