import { aFunction, aNumberAbove0, aWholeNumber, checkOptions, type OptionRules, optional } from '../options';
import { colourOf, drawDot, drawLine, type SensorPen } from './pen';
import { drawRange, writeRelative } from './relative';
import { bounds, type Placed, type Sensor } from './sensor';
import { eachThing, emptyShape, readShape, type Sensed, type Thing } from './shapes';

/** From where to look, and among what. */
export interface NearestOptions<Scene> {
  /** From where: what it starts from is not among them. */
  readonly from: (scene: Scene, who: number) => Placed;
  /** Among what. */
  readonly of: (scene: Scene, who: number) => Sensed;
  /** How many; 1 where left out. */
  readonly count?: number;
  /** What is farther is not seen. */
  readonly rangePx: number;
}

const rules: OptionRules<NearestOptions<never>> = {
  from: aFunction,
  of: aFunction,
  count: optional(aWholeNumber(1)),
  rangePx: aNumberAbove0,
};

/**
 * The nearest of many, nearest first: how close, how far ahead and aside each one's middle is; zeros where there are fewer.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function nearest<Scene>(options: NearestOptions<Scene>): Sensor<Scene> {
  checkOptions('nearest', options, rules);
  return new Nearest(options);
}

class Nearest<Scene> implements Sensor<Scene> {
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  private readonly options: NearestOptions<Scene>;
  /** Of those found so far, nearest first. */
  private readonly squares: Float64Array;
  private readonly xs: Float64Array;
  private readonly ys: Float64Array;
  private readonly shape = emptyShape();
  private readonly visit = (thing: Thing) => this.meet(thing);
  private from: Placed = { x: 0, y: 0 };

  constructor(options: NearestOptions<Scene>) {
    const { count = 1 } = options;
    this.options = options;
    this.names = Array.from({ length: count }, (_, i) =>
      ['close', 'ahead', 'aside'].map((name) => `${i + 1} ${name}`),
    ).flat();
    ({ low: this.low, high: this.high } = bounds(this.names.length, -1, 1));
    this.squares = new Float64Array(count);
    this.xs = new Float64Array(count);
    this.ys = new Float64Array(count);
  }

  read(scene: Scene, into: Float32Array, offset: number, who: number): void {
    const { options, squares } = this;
    const { rangePx } = options;
    this.from = options.from(scene, who);
    squares.fill(rangePx * rangePx);
    eachThing(options.of(scene, who), this.visit);
    into.fill(0, offset, offset + this.names.length);
    for (let i = 0; i < squares.length; i++) {
      if (squares[i]! >= rangePx * rangePx) return;
      writeRelative(this.from, this.xs[i]!, this.ys[i]!, rangePx, into, offset + 3 * i);
    }
  }

  draw(scene: Scene, pen: SensorPen, who: number): void {
    // Another agent may have looked since this one did.
    this.read(scene, new Float32Array(this.names.length), 0, who);
    const { rangePx } = this.options;
    drawRange(pen, this.from, rangePx);
    for (let i = 0; i < this.squares.length; i++) {
      if (this.squares[i]! >= rangePx * rangePx) break;
      // Nearest first: the farther, the fainter.
      drawLine(pen, [this.from.x, this.from.y, this.xs[i]!, this.ys[i]!], colourOf(0), 1 / (1 + 0.5 * i));
      drawDot(pen, this.xs[i]!, this.ys[i]!, colourOf(0));
    }
  }

  origin(scene: Scene, who: number): Placed {
    return this.options.from(scene, who);
  }

  private meet(thing: Thing): void {
    const { shape, squares, xs, ys, from } = this;
    if ((thing as unknown) === from || !readShape(thing, shape)) return;
    const x = (shape.left + shape.right) / 2;
    const y = (shape.top + shape.bottom) / 2;
    const square = (x - from.x) ** 2 + (y - from.y) ** 2;
    let place = squares.length;
    while (place > 0 && square < squares[place - 1]!) {
      if (place < squares.length) {
        squares[place] = squares[place - 1]!;
        xs[place] = xs[place - 1]!;
        ys[place] = ys[place - 1]!;
      }
      place -= 1;
    }
    if (place === squares.length) return;
    squares[place] = square;
    xs[place] = x;
    ys[place] = y;
  }
}
