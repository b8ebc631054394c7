import { PlaytrainError } from '../../contract';
import { aFunction, aNumberAbove0, aSwitch, checkOptions, type OptionRules, optional } from '../options';
import { colourOf, drawArrow, drawDot, drawLine, faint } from './pen';
import type { Sensor } from './sensor';

/** How long the arrow of what counts as full speed is drawn. */
const speedPx = 80;

interface Moving {
  readonly x: number;
  readonly y: number;
  readonly rotation: number;
  readonly body: { readonly velocity: { readonly x: number; readonly y: number } } | null;
}

/** Of what a body is, and what its place and speed are measured by. */
export interface BodyOptions<Scene> {
  /** What moves. */
  readonly of: (scene: Scene, who: number) => Moving;
  /** The speed that counts as 1, in what its physics measures speed in. */
  readonly speed: number;
  /** True where it turns: its speed is seen as ahead and aside, and where it looks, too. */
  readonly turns?: boolean;
  /** Where it moves: x and y are −1 to 1 in it. */
  readonly within: (
    scene: Scene,
    who: number,
  ) => {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

const rules: OptionRules<BodyOptions<never>> = {
  of: aFunction,
  speed: aNumberAbove0,
  turns: optional(aSwitch),
  within: aFunction,
};

/**
 * Where a body is and how fast it moves.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function body<Scene>(options: BodyOptions<Scene>): Sensor<Scene> {
  checkOptions('body', options, rules);
  const { of, speed, turns = false, within } = options;
  const names = turns ? ['x', 'y', 'ahead', 'aside', 'cos', 'sin'] : ['x', 'y', 'vx', 'vy'];
  // A speed may be more than what counts as 1.
  const high = names.map((name) => (['x', 'y', 'cos', 'sin'].includes(name) ? 1 : 5));
  return {
    names,
    low: high.map((bound) => -bound),
    high,
    read: (scene, into, offset, who) => {
      const { x, y, rotation, body: moving } = of(scene, who);
      if (moving === null) {
        throw new PlaytrainError(
          'bad-environment',
          'What the body sensor is of has no body; add it to the physics.',
        );
      }
      const world = within(scene, who);
      into[offset] = (2 * (x - world.x)) / world.width - 1;
      into[offset + 1] = (2 * (y - world.y)) / world.height - 1;
      const vx = moving.velocity.x / speed;
      const vy = moving.velocity.y / speed;
      const cos = turns ? Math.cos(rotation) : 1;
      const sin = turns ? Math.sin(rotation) : 0;
      into[offset + 2] = vx * cos + vy * sin;
      into[offset + 3] = vy * cos - vx * sin;
      if (!turns) return;
      into[offset + 4] = cos;
      into[offset + 5] = sin;
    },
    draw: (scene, pen, who) => {
      const { x, y, rotation, body: moving } = of(scene, who);
      const world = within(scene, who);
      pen.lineStyle(1.5, faint, 0.5).strokeRect(world.x, world.y, world.width, world.height);
      if (moving !== null) {
        const perSpeed = speedPx / speed;
        const [vx, vy] = [moving.velocity.x * perSpeed, moving.velocity.y * perSpeed];
        drawArrow(pen, [x, y, x + vx, y + vy], colourOf(3));
      }
      if (turns) drawLine(pen, [x, y, x + 24 * Math.cos(rotation), y + 24 * Math.sin(rotation)], faint);
      drawDot(pen, x, y, colourOf(3));
    },
    origin: (scene, who) => of(scene, who),
  };
}
