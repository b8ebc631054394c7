import type Phaser from 'phaser';

/** What may be sensed: game objects, groups and lists of them, and the full tiles of a layer. */
export type Sensed =
  | Phaser.GameObjects.GameObject
  | Phaser.GameObjects.Group
  | Phaser.Tilemaps.TilemapLayer
  | readonly Phaser.GameObjects.GameObject[];

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
  readonly vertices: Corners;
  readonly circleRadius?: number;
  readonly position: { readonly x: number; readonly y: number };
}

interface Bounded extends Phaser.GameObjects.GameObject {
  getBounds?(into: object): { x: number; y: number; width: number; height: number };
}

/** `getBounds` writes into what has these. */
const scratch = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Where an object is: its body where it has one, else what is drawn of it.
 *
 * @returns false where it is nowhere: not active, with its body switched off, or without any extent.
 */
export function readShape(object: Phaser.GameObjects.GameObject, into: Shape): boolean {
  if (!object.active) return false;
  const body = object.body as unknown as ArcadeBody | MatterBody | null | undefined;
  if (body !== null && body !== undefined) {
    return 'vertices' in body ? readMatter(body, into) : readArcade(body, into);
  }
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

function readMatter({ vertices, circleRadius = 0, position }: MatterBody, into: Shape): boolean {
  if (circleRadius > 0) {
    setBox(into, position.x - circleRadius, position.y - circleRadius, 2 * circleRadius, 2 * circleRadius);
    into.kind = 'circle';
    return true;
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of vertices) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
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

/** Calls `visit` with each game object of what is sensed; a layer of tiles has none. */
export function eachObject(sensed: Sensed, visit: (object: Phaser.GameObjects.GameObject) => void): void {
  if (Array.isArray(sensed)) {
    for (const object of sensed as readonly Phaser.GameObjects.GameObject[]) visit(object);
  } else if ('getChildren' in sensed) {
    // Phaser 3 has a set of its own there, Phaser 4 the language's.
    const children = sensed.children as unknown as {
      readonly entries?: unknown;
      forEach(task: (object: Phaser.GameObjects.GameObject) => void): void;
    };
    const { entries } = children;
    if (Array.isArray(entries)) for (const object of entries) visit(object as Phaser.GameObjects.GameObject);
    else children.forEach(visit);
  } else if (!isTiles(sensed as Sensed)) visit(sensed as Phaser.GameObjects.GameObject);
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
