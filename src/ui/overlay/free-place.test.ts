import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, overlap } from './box';
import { freePlace } from './free-place';

const px = (most: number) => fc.integer({ min: 0, max: most });
const box = fc.record({ xPx: px(900), yPx: px(900), widthPx: px(300), heightPx: px(120) });
const within: Box = { xPx: 20, yPx: 10, widthPx: 800, heightPx: 700 };
const inside = (place: Box) =>
  place.xPx >= within.xPx &&
  place.yPx >= within.yPx &&
  place.xPx + place.widthPx <= within.xPx + within.widthPx &&
  place.yPx + place.heightPx <= within.yPx + within.heightPx;

describe('a free place', () => {
  it('is inside of the picture and over nothing that is taken, whatever is asked for', () => {
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 6 }), (wished, taken) => {
        const place = freePlace(wished, taken, within);
        if (place === null) return;
        expect(inside(place)).toBe(true);
        expect(taken.filter((each) => overlap(each, place))).toEqual([]);
      }),
    );
  });

  it('is found wherever there is one', () => {
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 4 }), box, (wished, taken, other) => {
        const free = { ...wished, xPx: other.xPx, yPx: other.yPx };
        const isFree =
          inside(free) &&
          taken.every(
            (each) =>
              !overlap(
                {
                  ...each,
                  xPx: each.xPx - 2,
                  yPx: each.yPx - 2,
                  widthPx: each.widthPx + 4,
                  heightPx: each.heightPx + 4,
                },
                free,
              ),
          );
        fc.pre(isFree);
        expect(freePlace(wished, taken, within)).not.toBeNull();
      }),
    );
  });

  it('is where it is wished for, where that is free', () => {
    const wished = { xPx: 100, yPx: 100, widthPx: 50, heightPx: 18 };
    expect(freePlace(wished, [{ xPx: 0, yPx: 0, widthPx: 90, heightPx: 90 }], within)).toEqual(wished);
    expect(freePlace(wished, [{ xPx: 90, yPx: 90, widthPx: 90, heightPx: 20 }], within)).toMatchObject({
      xPx: 100,
      yPx: 112,
    });
  });
});
