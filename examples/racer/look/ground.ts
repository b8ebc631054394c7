import { apart, halfWidthPx, type Point, type Track, wallPx } from '../track';
import { worldHeightPx, worldWidthPx } from '../world';
import { chanceFrom } from './chance';
import { colours, liveries } from './palette';

type Pen = CanvasRenderingContext2D;

/** Where something stands, and how far around nothing else does. */
interface Place extends Point {
  readonly roomPx: number;
}

/** Curves sharper than this have kerbs. */
const kerbRadiusPx = 230;
/** From a tree's middle to where its shadow ends, at most. */
const treePx = 38;

/** Paints all that stands still: grass, course, walls and what stands around. @param scale canvas pixels a world pixel. */
export function paintGround(pen: Pen, track: Track, scale: number): void {
  pen.save();
  pen.scale(scale, scale);
  pen.lineJoin = 'round';
  paintGrass(pen);
  const taken: Place[] = [];
  taken.push(...paintPond(pen, track));
  paintCourse(pen, track);
  paintKerbs(pen, track);
  paintStart(pen, track);
  paintWalls(pen, track);
  taken.push(...paintStand(pen, track));
  paintTrees(pen, freePlaces(track, 120, 26, 5, taken));
  pen.restore();
}

/** Paints what lies around the world, to be laid beside it on every side. */
export function paintSurroundings(pen: Pen): void {
  paintGrass(pen);
  paintTrees(pen, freePlaces(null, 240, 30, 77));
}

/** Paints a picture's edges darker, in a square. */
export function paintShade(pen: Pen, size: number): void {
  const middle = size / 2;
  // No drawing context, no gradient: nobody looks.
  const shade = pen.createRadialGradient(middle, middle, 0.42 * size, middle, middle, 0.74 * size) as
    | CanvasGradient
    | undefined;
  if (shade === undefined) return;
  shade.addColorStop(0, 'rgba(6, 16, 22, 0)');
  shade.addColorStop(1, 'rgba(6, 16, 22, 0.5)');
  pen.fillStyle = shade;
  pen.fillRect(0, 0, size, size);
}

function paintGrass(pen: Pen): void {
  pen.fillStyle = colours.grass;
  pen.fillRect(0, 0, worldWidthPx, worldHeightPx);
  // Mown to and fro, slanting; where the world ends, it goes on as it began.
  pen.fillStyle = colours.grassDark;
  const stripe = 40;
  for (let x = -worldHeightPx; x < worldWidthPx; x += 2 * stripe) {
    polygon(pen, [
      { x, y: worldHeightPx },
      { x: x + stripe, y: worldHeightPx },
      { x: x + stripe + worldHeightPx * 0.6, y: 0 },
      { x: x + worldHeightPx * 0.6, y: 0 },
    ]);
  }
  const chance = chanceFrom(7);
  pen.strokeStyle = colours.tuft;
  pen.lineWidth = 1.2;
  pen.globalAlpha = 0.5;
  for (let i = 0; i < 900; i++) {
    const [x, y] = [chance() * worldWidthPx, chance() * worldHeightPx];
    pen.beginPath();
    pen.moveTo(x - 2.5, y - 3);
    pen.lineTo(x, y);
    pen.lineTo(x + 2.5, y - 3.5);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function paintCourse(pen: Pen, track: Track): void {
  const round = (width: number, colour: string) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    outline(pen, track.points);
    pen.stroke();
  };
  round(2 * (halfWidthPx + wallPx + 12), 'rgba(40, 52, 34, 0.35)');
  round(2 * (halfWidthPx + wallPx + 4), colours.earth);
  round(2 * (halfWidthPx + 1), colours.asphalt);
  round(2 * (halfWidthPx - 6), colours.line);
  round(2 * (halfWidthPx - 8), colours.asphalt);
  round(2 * halfWidthPx * 0.55, colours.asphaltLight);
  // Grain of the asphalt, and rubber where everybody drives.
  const chance = chanceFrom(11);
  for (const { x, y } of track.points) {
    for (let grain = 0; grain < 16; grain++) {
      pen.fillStyle = chance() < 0.5 ? 'rgba(255,255,255,0.05)' : 'rgba(0,0,0,0.09)';
      const [dx, dy] = [(chance() - 0.5) * 1.7 * halfWidthPx, (chance() - 0.5) * 1.7 * halfWidthPx];
      if (dx * dx + dy * dy < (halfWidthPx - 10) ** 2) pen.fillRect(x + dx, y + dy, 1.6, 1.6);
    }
  }
  const line = racingLine(track);
  pen.strokeStyle = colours.rubber;
  for (const width of [26, 14]) {
    pen.lineWidth = width;
    outline(pen, line);
    pen.stroke();
  }
}

/** About where one would drive: to the inside of curves, smoothly. */
function racingLine(track: Track): Point[] {
  let asides = track.points.map((_, i) => {
    const radius = track.radiusAt(i);
    return Math.abs(radius) > 500 ? 0 : Math.sign(radius) * Math.min(26, 3_200 / Math.abs(radius));
  });
  for (let pass = 0; pass < 12; pass++) {
    asides = asides.map((aside, i) => {
      const before = asides[(i + asides.length - 1) % asides.length]!;
      const after = asides[(i + 1) % asides.length]!;
      return (before + 2 * aside + after) / 4;
    });
  }
  return track.points.map(({ x, y, dx, dy }, i) => ({ x: x - asides[i]! * dy, y: y + asides[i]! * dx }));
}

function paintKerbs(pen: Pen, track: Track): void {
  const { points } = track;
  pen.lineCap = 'butt';
  pen.lineWidth = 7;
  for (const side of [-1, 1]) {
    const edge = track.edge(side * (halfWidthPx - 3.5));
    points.forEach((_, i) => {
      const sharp = [i - 2, i, i + 2].some((near) => {
        const radius = track.radiusAt((near + points.length) % points.length);
        return Math.abs(radius) < kerbRadiusPx && Math.sign(radius) === side;
      });
      if (!sharp) return;
      const from = edge[i]!;
      const to = edge[(i + 1) % edge.length]!;
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      stroke(pen, from, middle, colours.kerb);
      stroke(pen, middle, to, colours.line);
    });
  }
}

function paintStart(pen: Pen, track: Track): void {
  const { x, y, dx, dy } = track.at(0);
  pen.save();
  pen.translate(x, y);
  pen.rotate(Math.atan2(dy, dx));
  const square = 7;
  const rows = Math.floor((2 * (halfWidthPx - 8)) / square);
  for (let column = 0; column < 3; column++) {
    for (let row = 0; row < rows; row++) {
      pen.fillStyle = (row + column) % 2 === 0 ? colours.line : '#1c2027';
      pen.fillRect(column * square, (row - rows / 2) * square, square, square);
    }
  }
  pen.restore();
  // Where cars wait.
  pen.strokeStyle = colours.line;
  pen.globalAlpha = 0.75;
  pen.lineWidth = 2;
  for (let place = 0; place < 16; place++) {
    const slot = track.at(gridPlace(place).distancePx + 21);
    const aside = gridPlace(place).asidePx;
    pen.save();
    pen.translate(slot.x - aside * slot.dy, slot.y + aside * slot.dx);
    pen.rotate(Math.atan2(slot.dy, slot.dx));
    pen.beginPath();
    pen.moveTo(-8, -12);
    pen.lineTo(0, -12);
    pen.lineTo(0, 12);
    pen.lineTo(-8, 12);
    pen.stroke();
    pen.restore();
  }
  pen.globalAlpha = 1;
}

/** Where the n-th car waits for the start: two rows behind the line. */
export function gridPlace(place: number): { distancePx: number; asidePx: number } {
  return { distancePx: -44 - 23 * place, asidePx: place % 2 === 0 ? -19 : 19 };
}

function paintWalls(pen: Pen, track: Track): void {
  for (const side of [-1, 1]) {
    const edge = track.edge(side * (halfWidthPx + wallPx / 2));
    pen.lineWidth = wallPx;
    pen.strokeStyle = colours.shade;
    outline(
      pen,
      edge.map(({ x, y }) => ({ x: x + 3, y: y + 5 })),
    );
    pen.stroke();
    pen.strokeStyle = colours.concreteEdge;
    outline(pen, edge);
    pen.stroke();
    pen.lineWidth = wallPx - 3;
    edge.forEach((from, i) => {
      const to = edge[(i + 1) % edge.length]!;
      const radius = track.radiusAt(i);
      // Striped on the outside of curves, where it is to be seen.
      const isStriped = Math.abs(radius) < kerbRadiusPx && Math.sign(radius) !== side;
      stroke(pen, from, to, isStriped && i % 2 === 0 ? colours.kerb : colours.concrete);
    });
    // Lit from above on the left.
    pen.lineWidth = 2;
    pen.strokeStyle = 'rgba(255,255,255,0.55)';
    outline(
      pen,
      edge.map(({ x, y }) => ({ x: x - 1.5, y: y - 2.5 })),
    );
    pen.stroke();
  }
}

function paintPond(pen: Pen, track: Track): Place[] {
  const place = freePlaces(track, 1, 96, 23)[0];
  if (place === undefined) return [];
  const blob = (grow: number, colour: string) => {
    pen.fillStyle = colour;
    pen.beginPath();
    for (let i = 0; i <= 40; i++) {
      const angle = (i / 40) * 2 * Math.PI;
      const radius = grow + 44 + 6 * Math.sin(2 * angle + 1) + 4 * Math.sin(3 * angle);
      pen.lineTo(place.x + 1.25 * radius * Math.cos(angle), place.y + 0.8 * radius * Math.sin(angle));
    }
    pen.fill();
  };
  blob(7, colours.sand);
  blob(0, colours.water);
  blob(-12, colours.waterLight);
  return [{ ...place, roomPx: 84 }];
}

/** Rows of people beside the start, on the outside, where there is room for them. */
function paintStand(pen: Pen, track: Track): Place[] {
  const { x, y, dx, dy } = track.at(-180);
  for (const side of [1, -1]) {
    const away = side * (halfWidthPx + wallPx + 34);
    const middle = { x: x - away * dy, y: y + away * dx };
    const corners = [-130, -65, 0, 65, 130].map((along) => ({
      x: middle.x + along * dx,
      y: middle.y + along * dy,
    }));
    const isFree = corners.every(
      (corner) => nearestTo(track, corner) > halfWidthPx + wallPx + 24 && isInside(corner, 24),
    );
    if (!isFree) continue;
    pen.save();
    pen.translate(middle.x, middle.y);
    pen.rotate(Math.atan2(dy, dx));
    pen.fillStyle = colours.shade;
    rounded(pen, -126, -18, 260, 44, 5);
    pen.fillStyle = colours.roof;
    rounded(pen, -130, -22, 260, 44, 5);
    const chance = chanceFrom(31);
    for (let row = 0; row < 4; row++) {
      pen.fillStyle = row % 2 === 0 ? colours.roofLight : colours.roof;
      pen.fillRect(-126, -19 + 10 * row, 252, 8);
      for (let seat = 0; seat < 30; seat++) {
        if (chance() < 0.2) continue;
        pen.fillStyle = liveries[Math.floor(chance() * liveries.length)]!;
        disc(pen, -121 + 8.3 * seat + 2 * chance(), -15 + 10 * row, 2.7);
      }
    }
    pen.restore();
    return corners.map((corner) => ({ ...corner, roomPx: 56 }));
  }
  return [];
}

function paintTrees(pen: Pen, places: readonly Point[]): void {
  const chance = chanceFrom(41);
  for (const { x, y } of places) {
    const radius = 11 + 13 * chance();
    pen.fillStyle = colours.shade;
    disc(pen, x + 0.4 * radius, y + 0.55 * radius, radius);
    pen.fillStyle = colours.treeDark;
    disc(pen, x, y, radius);
    pen.fillStyle = colours.tree;
    for (let leaf = 0; leaf < 7; leaf++) {
      const angle = (leaf / 7) * 2 * Math.PI + chance();
      disc(pen, x + 0.48 * radius * Math.cos(angle), y + 0.48 * radius * Math.sin(angle), 0.5 * radius);
    }
    pen.fillStyle = colours.treeLight;
    disc(pen, x - 0.28 * radius, y - 0.34 * radius, 0.42 * radius);
  }
}

/** Places by lot, so many at most, that are so far from the walls, where there are any, and from each other. */
function freePlaces(
  track: Track | null,
  count: number,
  roomPx: number,
  seed: number,
  taken: readonly Place[] = [],
): Point[] {
  const chance = chanceFrom(seed);
  const places: Place[] = [];
  for (let tries = 0; tries < 60 * count && places.length < count; tries++) {
    const place = { x: chance() * worldWidthPx, y: chance() * worldHeightPx, roomPx };
    const isFree = track === null || nearestTo(track, place) > halfWidthPx + wallPx + roomPx;
    const hasRoom = [...taken, ...places].every((other) => apart(other, place) > other.roomPx);
    if (isFree && hasRoom && isInside(place, treePx)) places.push(place);
  }
  return places;
}

function isInside({ x, y }: Point, marginPx: number): boolean {
  return x > marginPx && y > marginPx && x < worldWidthPx - marginPx && y < worldHeightPx - marginPx;
}

function nearestTo({ points }: Track, { x, y }: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) least = Math.min(least, (point.x - x) ** 2 + (point.y - y) ** 2);
  return Math.sqrt(least);
}

function outline(pen: Pen, points: readonly Point[]): void {
  pen.beginPath();
  for (const { x, y } of points) pen.lineTo(x, y);
  pen.closePath();
}

function polygon(pen: Pen, points: readonly Point[]): void {
  outline(pen, points);
  pen.fill();
}

function stroke(pen: Pen, from: Point, to: Point, colour: string): void {
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
}

function disc(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function rounded(pen: Pen, x: number, y: number, width: number, height: number, radius: number): void {
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fill();
}
