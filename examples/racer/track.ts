// Closed courses in the plane: pure geometry, in pixels of the world.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place on the centre line, and the unit vector in which the course goes there. */
export interface TrackPoint extends Point {
  readonly dx: number;
  readonly dy: number;
}

export const halfWidthPx = 46;
export const wallPx = 12;
/** From one place of the centre line to the next, about. */
const spacingPx = 16;
/** How far a wall may lie from the true curve, so that few long ones do. */
const wallTolerancePx = 2;

/** A straight piece of wall, from its middle. */
export interface Wall extends Point {
  readonly lengthPx: number;
  readonly angle: number;
}

/** A closed course, by the places of its centre line. The start is at the first. */
export class Track {
  readonly points: readonly TrackPoint[];
  readonly lengthPx: number;
  /** Between two neighbours of `points`. */
  readonly spacingPx: number;

  /** @param outline corners of the centre line, in the order in which it is driven. */
  constructor(outline: readonly Point[]) {
    const around = spaced(outline, spacingPx);
    this.points = around.map((point, i) => {
      const before = around[(i + around.length - 1) % around.length]!;
      const after = around[(i + 1) % around.length]!;
      const length = apart(before, after);
      return { ...point, dx: (after.x - before.x) / length, dy: (after.y - before.y) / length };
    });
    this.lengthPx = perimeter(around);
    this.spacingPx = this.lengthPx / around.length;
  }

  /** The place so far along the course from its start; beyond the end it begins again. */
  at(distancePx: number): TrackPoint {
    const share = distancePx / this.lengthPx;
    const place = (share - Math.floor(share)) * this.points.length;
    const from = this.points[Math.floor(place) % this.points.length]!;
    const ahead = (place - Math.floor(place)) * this.spacingPx;
    return { ...from, x: from.x + ahead * from.dx, y: from.y + ahead * from.dy };
  }

  /**
   * How far along the course a place is, of one that was at `beforePx` a moment ago: the nearest place of the centre
   * line within reach, so that nobody gets to another part of the course across the grass.
   *
   * @returns pixels from the start, unwrapped: a lap later it is a lap's length more.
   */
  distanceAt(x: number, y: number, beforePx: number): number {
    const { points, spacingPx: spacing } = this;
    const reach = 4;
    const middle = Math.round(beforePx / spacing);
    let nearest = middle;
    let least = Number.POSITIVE_INFINITY;
    for (let step = middle - reach; step <= middle + reach; step++) {
      const point = points[wrapped(step, points.length)]!;
      const square = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (square >= least) continue;
      least = square;
      nearest = step;
    }
    const point = points[wrapped(nearest, points.length)]!;
    const along = (x - point.x) * point.dx + (y - point.y) * point.dy;
    return spacing * nearest + Math.max(-spacing / 2, Math.min(spacing / 2, along));
  }

  /** How far to the right of the centre line a place is, of one that is `distancePx` along the course. */
  asideAt(x: number, y: number, distancePx: number): number {
    const { points, spacingPx: spacing } = this;
    const point = points[wrapped(Math.round(distancePx / spacing), points.length)]!;
    return (y - point.y) * point.dx - (x - point.x) * point.dy;
  }

  /** The edge that lies so far to the right of the centre line; negative to the left. */
  edge(asidePx: number): Point[] {
    return this.points.map(({ x, y, dx, dy }) => ({ x: x - asidePx * dy, y: y + asidePx * dx }));
  }

  /** Straight pieces along both edges, just outside of them. */
  walls(): Wall[] {
    return [-halfWidthPx - wallPx / 2, halfWidthPx + wallPx / 2].flatMap((aside) => {
      const corners = simplified(this.edge(aside), wallTolerancePx);
      return corners.map((from, i) => {
        const to = corners[(i + 1) % corners.length]!;
        return {
          x: (from.x + to.x) / 2,
          y: (from.y + to.y) / 2,
          // So much longer that no gap opens between two.
          lengthPx: apart(from, to) + wallPx / 2,
          angle: Math.atan2(to.y - from.y, to.x - from.x),
        };
      });
    });
  }

  /** The radius of the curve at a place of `points`, over which its neighbours lie; positive where it turns right. */
  radiusAt(index: number): number {
    const { points } = this;
    const before = points[wrapped(index - 2, points.length)]!;
    const after = points[wrapped(index + 2, points.length)]!;
    // Of a hairpin, too: a sine alone takes a turn of more than a right angle for one of less.
    const turn = Math.atan2(
      before.dx * after.dy - before.dy * after.dx,
      before.dx * after.dx + before.dy * after.dy,
    );
    return (4 * this.spacingPx) / (turn === 0 ? 1e-9 : turn);
  }
}

/** A closed curve through all of `corners`, rounded between them. */
export function rounded(corners: readonly Point[]): Point[] {
  const count = corners.length;
  return corners.flatMap((_, i) => {
    const [p, q, r, s] = [-1, 0, 1, 2].map((offset) => corners[wrapped(i + offset, count)]!) as [
      Point,
      Point,
      Point,
      Point,
    ];
    return Array.from({ length: 12 }, (_step, step) => {
      const t = step / 12;
      return {
        x: between(p.x, q.x, r.x, s.x, t),
        y: between(p.y, q.y, r.y, s.y, t),
      };
    });
  });
}

/** Points of a closed outline at equal distances of about `spacing`, from its first on. */
export function spaced(outline: readonly Point[], spacing: number): Point[] {
  const length = perimeter(outline);
  const count = Math.max(3, Math.round(length / spacing));
  const points: Point[] = [];
  let walked = 0;
  let corner = 0;
  for (let i = 0; i < count; i++) {
    const wanted = (i * length) / count;
    for (;;) {
      const from = outline[corner]!;
      const to = outline[(corner + 1) % outline.length]!;
      const side = apart(from, to);
      if (walked + side >= wanted || corner + 1 === outline.length) {
        const share = side === 0 ? 0 : (wanted - walked) / side;
        points.push({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
        break;
      }
      walked += side;
      corner += 1;
    }
  }
  return points;
}

/** Each point of a closed outline moved to the middle of itself and its neighbours. */
export function smoothed(outline: readonly Point[]): Point[] {
  return outline.map(({ x, y }, i) => {
    const before = outline[wrapped(i - 1, outline.length)]!;
    const after = outline[wrapped(i + 1, outline.length)]!;
    return { x: (before.x + 2 * x + after.x) / 4, y: (before.y + 2 * y + after.y) / 4 };
  });
}

export function apart(a: Point, b: Point): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
}

function perimeter(outline: readonly Point[]): number {
  return outline.reduce((sum, point, i) => sum + apart(point, outline[(i + 1) % outline.length]!), 0);
}

/** Catmull and Rom's curve between `q` and `r`. */
function between(p: number, q: number, r: number, s: number, t: number): number {
  return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3);
}

/** The fewest corners of a closed outline from which none of it is farther than `tolerance`, found greedily. */
function simplified(outline: readonly Point[], tolerance: number): Point[] {
  const corners: Point[] = [outline[0]!];
  let from = 0;
  for (let to = 2; to <= outline.length; to++) {
    const [a, b] = [outline[from]!, outline[to % outline.length]!];
    const isStraight = outline.slice(from + 1, to).every((point) => offLine(point, a, b) <= tolerance);
    if (isStraight) continue;
    from = to - 1;
    corners.push(outline[from]!);
  }
  return corners;
}

function offLine(point: Point, a: Point, b: Point): number {
  const length = apart(a, b);
  if (length === 0) return apart(point, a);
  return Math.abs((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)) / length;
}

function wrapped(index: number, count: number): number {
  return ((index % count) + count) % count;
}
