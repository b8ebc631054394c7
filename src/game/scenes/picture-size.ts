/** How large a picture is. */
export interface PictureSize {
  /** In CSS pixels, as scenes lay things out. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** In its canvases' own pixels, whole numbers. */
  readonly canvasWidth: number;
  readonly canvasHeight: number;
  /** Canvas pixels a CSS pixel. */
  readonly pixelRatio: number;
}

/** The place that a picture fills, as the browser measures it. */
export interface Room {
  /** In CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** In the display's own pixels, where the browser tells. */
  readonly deviceWidth?: number;
  readonly deviceHeight?: number;
}

/** More pixels than two a CSS pixel cost more than they show. */
const largestPixelRatio = 2;
/** The longest side that every device's WebGL draws, in canvas pixels. */
const longestSide = 4096;
/** As many as a 4K screen has. */
const mostPixels = 3840 * 2160;

/**
 * The size of a picture that fills `room` on a display with `devicePixelRatio` pixels a CSS pixel: a canvas pixel for
 * each of the display's, up to what is worth drawing. Null where there is no room.
 */
export function pictureSize(room: Room, devicePixelRatio: number): PictureSize | null {
  const { widthPx, heightPx } = room;
  if (!(widthPx >= 1 && heightPx >= 1)) return null;
  const display = devicePixelRatio > 0 ? devicePixelRatio : 1;
  const pixelRatio = Math.min(
    display,
    largestPixelRatio,
    longestSide / Math.max(widthPx, heightPx),
    Math.sqrt(mostPixels / (widthPx * heightPx)),
  );
  const uncapped = pixelRatio === display;
  const pixels = (px: number, device: number | undefined) => {
    const wanted = px * pixelRatio;
    // The browser knows to which of the display's pixels it rounds; else what it says is of another moment.
    const exact = uncapped && device !== undefined && Math.abs(device - wanted) <= 1;
    return Math.max(1, Math.min(longestSide, exact ? device : Math.round(wanted)));
  };
  return {
    widthPx,
    heightPx,
    canvasWidth: pixels(widthPx, room.deviceWidth),
    canvasHeight: pixels(heightPx, room.deviceHeight),
    pixelRatio,
  };
}
