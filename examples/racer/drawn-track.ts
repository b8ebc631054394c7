import { apart, halfWidthPx, type Point, smoothed, spaced, Track, wallPx } from './track';
import { worldHeightPx, worldWidthPx } from './world';

/** Why a drawn line is no course. */
export type Refusal = 'short' | 'open' | 'outside' | 'narrow' | 'sharp';

export type DrawnTrack =
  | { readonly track: Track; readonly outline: readonly Point[] }
  | {
      readonly refusal: Refusal;
      /** Where on the line. */
      readonly at: Point;
    };

const shortestPx = 1_400;
/** A line that ends so near to where it began is closed. */
const closingPx = 170;
const spacingPx = 14;
/** So much of the inner edge is left in the sharpest curve. */
const leastRadiusPx = halfWidthPx + wallPx + 8;
/** Between the centre lines of two parts of the course. */
const leastApartPx = 2 * (halfWidthPx + wallPx) + 6;
/** From the centre line to the world's edge. */
const marginPx = halfWidthPx + wallPx;
/** The hand that draws trembles: so often is its line smoothed at most. */
const mostSmoothings = 160;

/** A course along a line that somebody drew, closed and smoothed; or why there is none. */
export function drawnTrack(line: readonly Point[]): DrawnTrack {
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined || line.length < 3) {
    return { refusal: 'short', at: first ?? { x: worldWidthPx / 2, y: worldHeightPx / 2 } };
  }
  if (apart(first, last) > closingPx) return { refusal: 'open', at: last };
  let outline = spaced(line, spacingPx);
  for (let i = 0; i < 12; i++) outline = smoothed(outline);
  let track = new Track(outline);
  for (let i = 0; i < mostSmoothings && sharpest(track).radius < leastRadiusPx; i++) {
    outline = smoothed(outline);
    if (i % 8 === 7) outline = spaced(outline, spacingPx);
    track = new Track(outline);
  }
  const refused = faultOf(track);
  return refused ?? { track, outline: outline.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })) };
}

/** Why a course cannot be driven, or null. */
export function faultOf(track: Track): { refusal: Refusal; at: Point } | null {
  const { points } = track;
  if (track.lengthPx < shortestPx) return { refusal: 'short', at: points[0]! };
  const outside = points.find(
    ({ x, y }) => x < marginPx || y < marginPx || x > worldWidthPx - marginPx || y > worldHeightPx - marginPx,
  );
  if (outside !== undefined) return { refusal: 'outside', at: outside };
  const { radius, at } = sharpest(track);
  if (radius < leastRadiusPx) return { refusal: 'sharp', at };
  const tooNear = narrowAt(track);
  return tooNear === null ? null : { refusal: 'narrow', at: tooNear };
}

function sharpest(track: Track): { radius: number; at: Point } {
  let radius = Number.POSITIVE_INFINITY;
  let at: Point = track.points[0]!;
  track.points.forEach((point, i) => {
    const here = Math.abs(track.radiusAt(i));
    if (here >= radius) return;
    radius = here;
    at = point;
  });
  return { radius, at };
}

/** Where two parts of the course that do not follow each other touch. */
function narrowAt({ points, spacingPx: spacing }: Track): Point | null {
  // Those that are nearer along the course are a curve's, whose sharpness is judged apart.
  const curve = Math.ceil((Math.PI * leastApartPx) / 2 / spacing);
  for (let i = 0; i < points.length; i++) {
    for (let j = i + curve; j < points.length && j - i <= points.length - curve; j++) {
      if (apart(points[i]!, points[j]!) < leastApartPx) return points[i]!;
    }
  }
  return null;
}
