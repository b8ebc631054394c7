import type Phaser from 'phaser';
import { PlaytrainError } from '../../contract';

/** A thing: a game object, or a body of Matter that nothing is drawn for, such as a wall. */
export type Thing = Phaser.GameObjects.GameObject | MatterJS.BodyType;

/** What may be sensed: things, groups and lists of them, and the full tiles of a layer. */
export type Sensed =
  | Thing
  | Phaser.GameObjects.Group
  | Phaser.Tilemaps.TilemapLayer
  | readonly (Thing | Phaser.GameObjects.Group)[];

type Corners = readonly { readonly x: number; readonly y: number }[];

/** Where something is: a box along the axes, and what it is within that. One record is written to again and again. */
export interface Shape {
  kind: 'box' | 'circle' | 'polygon';
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Of a polygon; convex. */
  corners: Corners;
}

export function emptyShape(): Shape {
  return { kind: 'box', left: 0, top: 0, right: 0, bottom: 0, corners: [] };
}

interface ArcadeBody {
  readonly enable: boolean;
  readonly isCircle: boolean;
  readonly position: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
}

interface MatterBody {
  readonly type: 'body';
  readonly isStatic: boolean;
  readonly vertices: Corners;
  readonly bounds: { readonly min: Corners[number]; readonly max: Corners[number] };
  readonly circleRadius?: number;
  readonly position: Corners[number];
  /** The first is the body itself; of one that is made of several, the hull around them. */
  readonly parts: readonly MatterJS.BodyType[];
}

interface Bounded extends Phaser.GameObjects.GameObject {
  getBounds?(into: object): { x: number; y: number; width: number; height: number };
}

/** `getBounds` writes into what has these. */
const scratch = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Where a thing is: its body where it has one, else what is drawn of it.
 *
 * @returns false where it is nowhere: not active, with its body switched off, or without any extent.
 */
export function readShape(thing: Thing, into: Shape): boolean {
  const matter = matterBodyOf(thing);
  if (matter !== null) return (thing as { active?: boolean }).active !== false && readMatter(matter, into);
  const object = thing as Phaser.GameObjects.GameObject;
  if (!object.active) return false;
  const body = object.body as unknown as ArcadeBody | null | undefined;
  if (body !== null && body !== undefined) return readArcade(body, into);
  const bounded = object as Bounded;
  if (bounded.getBounds === undefined) return false;
  bounded.getBounds(scratch);
  return setBox(into, scratch.x, scratch.y, scratch.width, scratch.height);
}

function readArcade({ enable, isCircle, position, width, height }: ArcadeBody, into: Shape): boolean {
  if (!enable) return false;
  setBox(into, position.x, position.y, width, height);
  if (isCircle) into.kind = 'circle';
  return true;
}

/** Null for what Matter does not move. */
function matterBodyOf(thing: Thing): MatterBody | null {
  const own = thing as unknown as MatterBody;
  if (own.type === 'body') return own;
  const body = (thing as Phaser.GameObjects.GameObject).body as unknown as MatterBody | null | undefined;
  return body?.type === 'body' ? body : null;
}

function readMatter(body: MatterBody, into: Shape): boolean {
  const { vertices, bounds, circleRadius = 0, position, isStatic } = body;
  if (circleRadius > 0) {
    setBox(into, position.x - circleRadius, position.y - circleRadius, 2 * circleRadius, 2 * circleRadius);
    into.kind = 'circle';
    return true;
  }
  let { x: left, y: top } = bounds.min;
  let { x: right, y: bottom } = bounds.max;
  // Those of one that moves reach to where it will be next.
  if (!isStatic) {
    [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of vertices) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  setBox(into, left, top, right - left, bottom - top);
  into.kind = 'polygon';
  into.corners = vertices;
  return vertices.length > 0;
}

function setBox(into: Shape, left: number, top: number, width: number, height: number): boolean {
  into.kind = 'box';
  into.left = left;
  into.top = top;
  into.right = left + width;
  into.bottom = top + height;
  return width > 0 || height > 0;
}

/** Calls `visit` with each thing of what is sensed; a layer of tiles has none. */
export function eachThing(sensed: Sensed, visit: (thing: Thing) => void): void {
  if (Array.isArray(sensed)) {
    for (const each of sensed as readonly Thing[]) eachOf(each, visit);
  } else if ('getChildren' in sensed) {
    // Phaser 3 has a set of its own there, Phaser 4 the language's.
    const children = sensed.children as unknown as {
      readonly entries?: unknown;
      forEach(task: (object: Phaser.GameObjects.GameObject) => void): void;
    };
    const { entries } = children;
    if (Array.isArray(entries)) for (const object of entries) visit(object as Phaser.GameObjects.GameObject);
    else children.forEach(visit);
  } else if (!isTiles(sensed as Sensed)) visit(sensed as Thing);
}

/** Of one in a list. @throws PlaytrainError `bad-environment` for a layer of tiles, which would pass for one large box. */
function eachOf(each: Thing, visit: (thing: Thing) => void): void {
  if ('getChildren' in each) eachThing(each as Sensed, visit);
  else if (isTiles(each)) {
    throw new PlaytrainError(
      'bad-environment',
      'A layer of tiles is in a list with other things; give it under a name of its own.',
    );
  } else visit(each);
}

/** Calls `visit` with each convex part of a thing: of most, that is the thing itself. */
export function eachPart(thing: Thing, visit: (part: Thing) => void): void {
  const parts = matterBodyOf(thing)?.parts;
  if (parts === undefined || parts.length === 1) {
    visit(thing);
    return;
  }
  if ((thing as { active?: boolean }).active === false) return;
  for (let part = 1; part < parts.length; part++) visit(parts[part]!);
}

/** A layer of tiles as a grid that can be asked which cells are full. */
export interface Tiles {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Of a column and a row; outside of the layer none is. */
  readonly isFull: (column: number, row: number) => boolean;
}

const known = new WeakMap<Phaser.Tilemaps.TilemapLayer, Tiles>();

function isTiles(sensed: Sensed): sensed is Phaser.Tilemaps.TilemapLayer {
  return 'tilemap' in sensed && 'layer' in sensed;
}

/** The tiles that collide, or all where none is set to; null for what is no layer of tiles. */
export function tilesOf(sensed: Sensed): Tiles | null {
  if (!isTiles(sensed)) return null;
  const before = known.get(sensed);
  if (before !== undefined) return before;
  const { layer } = sensed;
  const tiles: Tiles = {
    get left() {
      return sensed.x;
    },
    get top() {
      return sensed.y;
    },
    get cellWidth() {
      return layer.tileWidth * sensed.scaleX;
    },
    get cellHeight() {
      return layer.tileHeight * sensed.scaleY;
    },
    isFull: (column, row) => {
      const tile = layer.data[row]?.[column];
      if (tile === undefined || tile.index === -1) return false;
      return layer.collideIndexes.length === 0 || tile.collides;
    },
  };
  known.set(sensed, tiles);
  return tiles;
}
