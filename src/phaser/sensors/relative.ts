import { aFunction, aNumberAbove0, checkOptions, type OptionRules } from '../options';
import { colourOf, drawDot, drawLine, faint, type SensorPen } from './pen';
import { bounds, type Placed, type Sensor } from './sensor';

/** From where to look, and at what. */
export interface RelativeOptions<Scene> {
  /** From where. */
  readonly from: (scene: Scene, who: number) => Placed;
  /** At what: a thing, or a place alone. */
  readonly to: (scene: Scene, who: number) => Readonly<Pick<Placed, 'x' | 'y'>>;
  /** The distance that counts as 1. */
  readonly rangePx: number;
}

const rules: OptionRules<RelativeOptions<never>> = {
  from: aFunction,
  to: aFunction,
  rangePx: aNumberAbove0,
};

/**
 * Where something lies: how close it is within `rangePx`, and how far ahead and aside (to the right) in shares of it.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function relative<Scene>(options: RelativeOptions<Scene>): Sensor<Scene> {
  checkOptions('relative', options, rules);
  return {
    names: ['close', 'ahead', 'aside'],
    ...bounds(3, -1, 1),
    read: (scene, into, offset, who) => {
      const { x, y } = options.to(scene, who);
      writeRelative(options.from(scene, who), x, y, options.rangePx, into, offset);
    },
    draw: (scene, pen, who) => {
      const from = options.from(scene, who);
      const to = options.to(scene, who);
      const isSensed = Math.hypot(to.x - from.x, to.y - from.y) < options.rangePx;
      drawRange(pen, from, options.rangePx);
      drawLine(pen, [from.x, from.y, to.x, to.y], isSensed ? colourOf(1) : faint, isSensed ? 0.9 : 0.4);
      drawDot(pen, to.x, to.y, isSensed ? colourOf(1) : faint);
    },
    origin: (scene, who) => options.from(scene, who),
  };
}

/** How far something is sensed. */
export function drawRange(pen: SensorPen, { x, y }: Placed, rangePx: number): void {
  pen.lineStyle(1.5, faint, 0.35).strokeCircle(x, y, rangePx);
}

/** Writes close, ahead and aside of what lies at (x, y). */
export function writeRelative(
  { x: fromX, y: fromY, rotation = 0 }: Placed,
  x: number,
  y: number,
  rangePx: number,
  into: Float32Array,
  offset: number,
): void {
  const dx = (x - fromX) / rangePx;
  const dy = (y - fromY) / rangePx;
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  into[offset] = Math.max(0, 1 - Math.sqrt(dx * dx + dy * dy));
  into[offset + 1] = clipped(dx * cos + dy * sin);
  into[offset + 2] = clipped(dy * cos - dx * sin);
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
