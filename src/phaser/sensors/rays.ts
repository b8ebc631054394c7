import {
  aFunction,
  aNumberAbove0,
  aWholeNumber,
  byName,
  checkOptions,
  type OptionRules,
  optional,
} from '../options';
import { colourOf, drawDot, drawLine, faint, type SensorPen } from './pen';
import { distanceToBox, distanceToCell, distanceToCircle, distanceToPolygon, inverse } from './ray-kernel';
import { bounds, type Placed, type Sensor } from './sensor';
import { eachPart, eachThing, emptyShape, readShape, type Sensed, type Thing, tilesOf } from './shapes';

/** Where rays go, and what they can meet. */
export interface RayOptions<Scene> {
  /** From where rays go out: what they start from is not met itself. */
  readonly from: (scene: Scene, who: number) => Placed;
  /** How many rays. */
  readonly count: number;
  /** How far each goes. */
  readonly lengthPx: number;
  /** The angle between the first and the last, in degrees, around where it looks; 360, all around, where left out. */
  readonly spread?: number;
  /** What can be met, by name. */
  readonly meet: Readonly<Record<string, (scene: Scene, who: number) => Sensed>>;
}

const rules: OptionRules<RayOptions<never>> = {
  from: aFunction,
  count: aWholeNumber(1),
  lengthPx: aNumberAbove0,
  spread: optional({
    wanted: 'degrees, above 0 and up to 360',
    allows: (value) => aNumberAbove0.allows(value) && Number(value) <= 360,
  }),
  meet: byName(aFunction),
};

/**
 * Rays from left to right. Of each, one number a name: how close it is met, 1 at once and 0 at the ray's end, if it is
 * what the ray meets first, else 0.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function rays<Scene>(options: RayOptions<Scene>): Sensor<Scene> {
  checkOptions('rays', options, rules);
  return new Rays(options);
}

class Rays<Scene> implements Sensor<Scene> {
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  private readonly options: RayOptions<Scene>;
  private readonly sources: readonly ((scene: Scene, who: number) => Sensed)[];
  /** From where it looks, in radians, clockwise. */
  private readonly angles: readonly number[];
  private readonly directionX: Float64Array;
  private readonly directionY: Float64Array;
  private readonly inverseX: Float64Array;
  private readonly inverseY: Float64Array;
  /** How far each goes until it meets something, and what. */
  private readonly distances: Float64Array;
  private readonly met: Int32Array;
  private readonly shape = emptyShape();
  private readonly visit = (thing: Thing) => {
    if (thing !== this.self) eachPart(thing, this.visitPart);
  };
  private readonly visitPart = (part: Thing) => this.meetPart(part);
  private x = 0;
  private y = 0;
  private self: unknown = null;
  private source = 0;

  constructor(options: RayOptions<Scene>) {
    const { count, meet, spread = 360 } = options;
    const tags = Object.keys(meet);
    this.options = options;
    this.sources = Object.values(meet);
    this.names = Array.from({ length: count }, (_, ray) => tags.map((tag) => `${ray + 1} ${tag}`)).flat();
    ({ low: this.low, high: this.high } = bounds(this.names.length, 0, 1));
    this.angles = anglesOf(count, spread);
    this.directionX = new Float64Array(count);
    this.directionY = new Float64Array(count);
    this.inverseX = new Float64Array(count);
    this.inverseY = new Float64Array(count);
    this.distances = new Float64Array(count);
    this.met = new Int32Array(count);
  }

  read(scene: Scene, into: Float32Array, offset: number, who: number): void {
    const { options, sources, angles, distances, met } = this;
    const { lengthPx } = options;
    const from = options.from(scene, who);
    this.aim(from);
    distances.fill(lengthPx);
    met.fill(-1);
    for (let source = 0; source < sources.length; source++) {
      this.source = source;
      const sensed = sources[source]!(scene, who);
      if (tilesOf(sensed) === null) eachThing(sensed, this.visit);
      else this.meetTiles(sensed);
    }
    const tags = sources.length;
    into.fill(0, offset, offset + angles.length * tags);
    for (let ray = 0; ray < angles.length; ray++) {
      const what = met[ray]!;
      if (what >= 0) into[offset + ray * tags + what] = 1 - distances[ray]! / lengthPx;
    }
  }

  draw(scene: Scene, pen: SensorPen, who: number): void {
    // Another agent may have looked since this one did.
    this.read(scene, new Float32Array(this.names.length), 0, who);
    for (let ray = 0; ray < this.angles.length; ray++) {
      const distance = this.distances[ray]!;
      const isMet = this.met[ray]! >= 0;
      const [toX, toY] = [
        this.x + distance * this.directionX[ray]!,
        this.y + distance * this.directionY[ray]!,
      ];
      const colour = isMet ? colourOf(this.met[ray]!) : faint;
      drawLine(pen, [this.x, this.y, toX, toY], colour, isMet ? 0.9 : 0.4);
      if (isMet) drawDot(pen, toX, toY, colour);
    }
  }

  origin(scene: Scene, who: number): Placed {
    return this.options.from(scene, who);
  }

  private aim(from: Placed): void {
    const { x, y, rotation = 0 } = from;
    this.self = from;
    this.x = x;
    this.y = y;
    for (let ray = 0; ray < this.angles.length; ray++) {
      const angle = rotation + this.angles[ray]!;
      this.directionX[ray] = Math.cos(angle);
      this.directionY[ray] = Math.sin(angle);
      this.inverseX[ray] = inverse(this.directionX[ray]!);
      this.inverseY[ray] = inverse(this.directionY[ray]!);
    }
  }

  private meetPart(part: Thing): void {
    const { shape, x, y } = this;
    if (!readShape(part, shape)) return;
    const { lengthPx } = this.options;
    // Out of reach of all of them.
    if (shape.left > x + lengthPx || shape.right < x - lengthPx) return;
    if (shape.top > y + lengthPx || shape.bottom < y - lengthPx) return;
    if (shape.kind === 'box') this.meetBox();
    else this.meetOther();
  }

  private meetBox(): void {
    const { x, y, inverseX, inverseY, distances } = this;
    const { left, top, right, bottom } = this.shape;
    for (let ray = 0; ray < distances.length; ray++) {
      this.note(ray, distanceToBox(x, y, inverseX[ray]!, inverseY[ray]!, left, top, right, bottom));
    }
  }

  private meetOther(): void {
    const { x, y, directionX, directionY, inverseX, inverseY, distances } = this;
    const { kind, left, top, right, bottom, corners } = this.shape;
    for (let ray = 0; ray < distances.length; ray++) {
      // The box around it is the quicker to ask, and most rays pass it by or met something before it.
      const toBox = distanceToBox(x, y, inverseX[ray]!, inverseY[ray]!, left, top, right, bottom);
      if (toBox >= distances[ray]!) continue;
      const dx = directionX[ray]!;
      const dy = directionY[ray]!;
      const distance =
        kind === 'circle'
          ? distanceToCircle(x, y, dx, dy, (left + right) / 2, (top + bottom) / 2, (right - left) / 2)
          : distanceToPolygon(x, y, dx, dy, corners);
      this.note(ray, distance);
    }
  }

  private meetTiles(sensed: Sensed): void {
    const tiles = tilesOf(sensed);
    if (tiles === null) return;
    const { left, top, cellWidth, cellHeight, isFull } = tiles;
    for (let ray = 0; ray < this.distances.length; ray++) {
      const dx = this.directionX[ray]!;
      const dy = this.directionY[ray]!;
      const length = this.distances[ray]!;
      this.note(
        ray,
        distanceToCell(this.x - left, this.y - top, dx, dy, cellWidth, cellHeight, isFull, length),
      );
    }
  }

  private note(ray: number, distance: number): void {
    if (distance >= this.distances[ray]!) return;
    this.distances[ray] = distance;
    this.met[ray] = this.source;
  }
}

/** In radians around where it looks, from left to right; those all around leave no two alike. */
function anglesOf(count: number, spreadDegrees: number): number[] {
  const spread = (spreadDegrees * Math.PI) / 180;
  const isAround = spreadDegrees >= 360;
  if (count === 1) return [0];
  const between = spread / (isAround ? count : count - 1);
  const first = isAround ? -Math.PI : -spread / 2;
  return Array.from({ length: count }, (_, ray) => first + ray * between);
}
