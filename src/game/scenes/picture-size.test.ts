import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureSize } from './picture-size';

const side = fc.double({ min: 1, max: 8000, noNaN: true });
const ratio = fc.double({ min: 0.25, max: 5, noNaN: true });

describe('pictureSize', () => {
  it('covers the room with one scale for both axes, and never more pixels than are worth drawing', () => {
    fc.assert(
      fc.property(side, side, ratio, (widthPx, heightPx, devicePixelRatio) => {
        const size = pictureSize({ widthPx, heightPx }, devicePixelRatio);
        if (size === null) throw new Error('There is room, and no picture.');
        const { canvasWidth, canvasHeight, pixelRatio } = size;
        expect(pixelRatio).toBeGreaterThan(0);
        expect(pixelRatio).toBeLessThanOrEqual(Math.min(2, devicePixelRatio));
        for (const [canvas, px] of [
          [canvasWidth, widthPx],
          [canvasHeight, heightPx],
        ] as const) {
          expect(Number.isInteger(canvas)).toBe(true);
          expect(canvas).toBeGreaterThanOrEqual(1);
          expect(canvas).toBeLessThanOrEqual(4096);
          expect(Math.abs(canvas - px * pixelRatio)).toBeLessThanOrEqual(1);
        }
        // Rounding may add less than a row and a column.
        expect((canvasWidth - 1) * (canvasHeight - 1)).toBeLessThanOrEqual(3840 * 2160);
      }),
    );
  });

  it.each([
    [916.4, 676, 1, 916, 676],
    [916.4, 676, 1.25, 1146, 845],
    [916.4, 676, 1.5, 1375, 1014],
    [364, 372.4, 2, 728, 745],
    // More than two pixels a CSS pixel nobody sees.
    [364, 372.4, 3, 728, 745],
  ])('of %f × %f at ratio %f has %i × %i pixels', (widthPx, heightPx, devicePixelRatio, width, height) => {
    const size = pictureSize({ widthPx, heightPx }, devicePixelRatio);
    expect(size).toMatchObject({ canvasWidth: width, canvasHeight: height });
  });

  it('takes the pixels that the browser counts, where they are drawn one to one', () => {
    const room = { widthPx: 916.4, heightPx: 676, deviceWidth: 1146, deviceHeight: 844 };
    expect(pictureSize(room, 1.25)).toMatchObject({ canvasWidth: 1146, canvasHeight: 844 });
    // Those of a moment ago, under another ratio, say nothing.
    expect(pictureSize(room, 2)).toMatchObject({ canvasWidth: 1833, canvasHeight: 1352 });
  });

  it.each([
    [0, 400],
    [400, 0],
    [0.5, 400],
    [Number.NaN, 400],
  ])('is null in a room of %f × %f', (widthPx, heightPx) => {
    expect(pictureSize({ widthPx, heightPx }, 1)).toBeNull();
  });

  it('is that of an ordinary display where a browser hides the ratio', () => {
    expect(pictureSize({ widthPx: 300, heightPx: 200 }, 0)?.pixelRatio).toBe(1);
    expect(pictureSize({ widthPx: 300, heightPx: 200 }, Number.NaN)?.pixelRatio).toBe(1);
  });
});
