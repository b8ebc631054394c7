import { aFunction, aNumberAbove0, aWholeNumber, byName, checkOptions, type OptionRules } from '../options';
import { colourOf, faint, type SensorPen } from './pen';
import { bounds, type Placed, type Sensor } from './sensor';
import {
  eachPart,
  eachThing,
  emptyShape,
  readShape,
  type Sensed,
  type Shape,
  type Thing,
  tilesOf,
} from './shapes';

/** Where a grid lies, and what its cells can hold. */
export interface GridOptions<Scene> {
  /** What lies in the grid's middle, and turns it. */
  readonly around: (scene: Scene, who: number) => Placed;
  /** Cells from left to right. */
  readonly columns: number;
  /** Cells from ahead to behind. */
  readonly rows: number;
  /** A cell’s width and height. */
  readonly cellPx: number;
  /** What can be in a cell, by name. */
  readonly hold: Readonly<Record<string, (scene: Scene, who: number) => Sensed>>;
}

const rules: OptionRules<GridOptions<never>> = {
  around: aFunction,
  columns: aWholeNumber(1),
  rows: aWholeNumber(1),
  cellPx: aNumberAbove0,
  hold: byName(aFunction),
};

/**
 * Cells around the agent, row by row from ahead of it to behind, left to right; of each, 1 a name where that is in it.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function grid<Scene>(options: GridOptions<Scene>): Sensor<Scene> {
  checkOptions('grid', options, rules);
  return new Grid(options);
}

class Grid<Scene> implements Sensor<Scene> {
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  private readonly options: GridOptions<Scene>;
  private readonly sources: readonly ((scene: Scene, who: number) => Sensed)[];
  /** Middles of the cells. */
  private readonly xs: Float64Array;
  private readonly ys: Float64Array;
  private readonly full: Uint8Array; // [cells, tags]
  private readonly shape = emptyShape();
  private readonly visit = (thing: Thing) => {
    if (thing !== this.self) eachPart(thing, this.markPart);
  };
  private readonly markPart = (part: Thing) => this.mark(part);
  private source = 0;
  private self: unknown = null;

  constructor(options: GridOptions<Scene>) {
    const { columns, rows, hold } = options;
    const tags = Object.keys(hold);
    const cells = columns * rows;
    this.options = options;
    this.sources = Object.values(hold);
    this.names = Array.from({ length: cells }, (_, cell) =>
      tags.map((tag) => `${1 + Math.floor(cell / columns)}·${1 + (cell % columns)} ${tag}`),
    ).flat();
    ({ low: this.low, high: this.high } = bounds(this.names.length, 0, 1));
    this.xs = new Float64Array(cells);
    this.ys = new Float64Array(cells);
    this.full = new Uint8Array(this.names.length);
  }

  read(scene: Scene, into: Float32Array, offset: number, who: number): void {
    const { options, sources, full } = this;
    this.lay(options.around(scene, who));
    full.fill(0);
    for (let source = 0; source < sources.length; source++) {
      this.source = source;
      const sensed = sources[source]!(scene, who);
      if (tilesOf(sensed) === null) eachThing(sensed, this.visit);
      else this.markTiles(sensed);
    }
    into.set(full, offset);
  }

  draw(scene: Scene, pen: SensorPen, who: number): void {
    // Another agent may have looked since this one did.
    this.read(scene, new Float32Array(this.names.length), 0, who);
    const tags = this.sources.length;
    const half = this.options.cellPx / 2;
    for (let cell = 0; cell < this.xs.length; cell++) {
      const [x, y] = [this.xs[cell]!, this.ys[cell]!];
      const what = this.full.subarray(cell * tags, (cell + 1) * tags).indexOf(1);
      if (what >= 0) pen.fillStyle(colourOf(what), 0.35).fillCircle(x, y, half);
      pen.lineStyle(1.5, what >= 0 ? colourOf(what) : faint, what >= 0 ? 1 : 0.45).strokeCircle(x, y, half);
    }
  }

  origin(scene: Scene, who: number): Placed {
    return this.options.around(scene, who);
  }

  /** Ahead is where the agent looks; of one that does not turn, that is to the right. */
  private lay(around: Placed): void {
    const { columns, rows, cellPx } = this.options;
    const { x, y, rotation = 0 } = around;
    this.self = around;
    const cos = Math.cos(rotation);
    const sin = Math.sin(rotation);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const ahead = ((rows - 1) / 2 - row) * cellPx;
        const aside = (column - (columns - 1) / 2) * cellPx;
        this.xs[row * columns + column] = x + ahead * cos - aside * sin;
        this.ys[row * columns + column] = y + ahead * sin + aside * cos;
      }
    }
  }

  private mark(part: Thing): void {
    const { shape, source, sources, full, options } = this;
    if (!readShape(part, shape)) return;
    const reach = options.cellPx / 2;
    for (let cell = 0; cell < this.xs.length; cell++) {
      if (isWithin(reach, shape, this.xs[cell]!, this.ys[cell]!)) full[cell * sources.length + source] = 1;
    }
  }

  private markTiles(sensed: Sensed): void {
    const tiles = tilesOf(sensed);
    if (tiles === null) return;
    for (let cell = 0; cell < this.xs.length; cell++) {
      const column = Math.floor((this.xs[cell]! - tiles.left) / tiles.cellWidth);
      const row = Math.floor((this.ys[cell]! - tiles.top) / tiles.cellHeight);
      if (tiles.isFull(column, row)) this.full[cell * this.sources.length + this.source] = 1;
    }
  }
}

/** Whether a point is within `reach` of a shape. Of a polygon its box counts. */
function isWithin(reach: number, { kind, left, top, right, bottom }: Shape, x: number, y: number): boolean {
  if (kind === 'circle') {
    const dx = x - (left + right) / 2;
    const dy = y - (top + bottom) / 2;
    const apart = (right - left) / 2 + reach;
    return dx * dx + dy * dy <= apart * apart;
  }
  const dx = x < left ? left - x : x > right ? x - right : 0;
  const dy = y < top ? top - y : y > bottom ? y - bottom : 0;
  return dx * dx + dy * dy <= reach * reach;
}
