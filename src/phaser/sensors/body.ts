import { PlaytrainError } from '../../contract';
import type { Sensor } from './sensor';

interface Moving {
  readonly x: number;
  readonly y: number;
  readonly rotation: number;
  readonly body: { readonly velocity: { readonly x: number; readonly y: number } } | null;
}

export interface BodyOptions<Scene> {
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

/** Where a body is and how fast it moves. */
export function body<Scene>({ of, speed, turns = false, within }: BodyOptions<Scene>): Sensor<Scene> {
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
  };
}
