import type Phaser from 'phaser';
import { type ContinuousSpace, type DiscreteSpace, PlaytrainError, type ProductSpace } from '../contract';
import { type Doing, encodeChoice, noSuch, partOf } from './actions';
import { aFunction, aList, checkOptions, type OptionRules, oneOf, optional } from './options';
import type { MouseButton } from './phaser-internals';

/** A part of the game's view or of its world. */
export interface Area {
  /** Its left edge. */
  readonly x: number;
  /** Its top edge. */
  readonly y: number;
  /** How far it reaches to the right. */
  readonly width: number;
  /** How far it reaches down. */
  readonly height: number;
}

/** What a pointer may do, and where. */
export interface PointerOptions<Scene> {
  /** The ways that it moves; both where left out. On the other axis it stays in the middle. */
  readonly moves?: readonly ('x' | 'y')[];
  /** What it can press, one at a time; the left button where left out, and none where it only moves. */
  readonly buttons?: readonly MouseButton[];
  /** Whether the area is one of the view, as it is seen, or of the world, through the main camera; the view where left out. */
  readonly of?: 'view' | 'world';
  /** What it moves over, from −1 at the left or top to 1: all that is seen, where left out. */
  readonly within?: (scene: Scene, who: number) => Area;
}

/** What nothing is pressed is called. */
const up = 'up';

const rules: OptionRules<PointerOptions<never>> = {
  moves: optional(aList(oneOf(['x', 'y']))),
  buttons: optional(aList(oneOf(['left', 'middle', 'right']))),
  of: optional(oneOf(['view', 'world'])),
  within: optional(aFunction),
};

/**
 * Moves and presses the game's own pointer, so that a game for mouse or touch stays as it is. Its amounts are named `x` and
 * `y`, its choice `button`: `up`, or what is pressed.
 *
 * @throws PlaytrainError `bad-environment` for options that cannot be meant.
 */
export function pointer<Scene extends Phaser.Scene>(options: PointerOptions<Scene> = {}): Doing<Scene> {
  checkOptions('pointer', options, rules);
  const { moves = ['x', 'y'], buttons = ['left'] as const, of = 'view', within } = options;
  const choices = [up, ...buttons];
  if (moves.length + buttons.length === 0) {
    throw new PlaytrainError(
      'bad-environment',
      'pointer neither moves nor presses; leave “moves” or “buttons” out.',
    );
  }
  const isAmong = { x: moves.indexOf('x'), y: moves.indexOf('y') };
  const amount = (axis: 'x' | 'y', action: Float32Array, offset: number) =>
    isAmong[axis] === -1 ? 0 : action[offset + isAmong[axis]]!;
  return {
    space: spaceOf(moves, choices),
    size: moves.length + Number(buttons.length > 0),
    apply: ({ scene, who, point }, action, offset) => {
      const area = within?.(scene, who) ?? seen(scene, of);
      const x = area.x + (area.width * (1 + amount('x', action, offset))) / 2;
      const y = area.y + (area.height * (1 + amount('y', action, offset))) / 2;
      const button = buttons[(action[offset + moves.length] ?? 0) - 1] ?? null;
      point({ ...(of === 'world' ? inView(scene.cameras.main, x, y) : { x, y }), button });
    },
    encode: (named, into, offset) => {
      moves.forEach((axis, index) => {
        const value = partOf(named, axis);
        if (typeof value !== 'number') throw noSuch(value, axis);
        into[offset + index] = value;
      });
      if (buttons.length > 0) encodeChoice(choices)(partOf(named, 'button'), into, offset + moves.length);
    },
  };
}

function spaceOf(
  moves: readonly string[],
  choices: readonly string[],
): ContinuousSpace | DiscreteSpace | ProductSpace {
  const place = {
    kind: 'continuous',
    size: moves.length,
    names: moves,
    low: moves.map(() => -1),
    high: moves.map(() => 1),
  } as const;
  const button = { kind: 'discrete', count: choices.length, labels: choices } as const;
  if (choices.length === 1) return place;
  if (moves.length === 0) return button;
  return {
    kind: 'product',
    parts: [
      { ...place, name: 'place' },
      { ...button, name: 'button' },
    ],
  };
}

function seen(scene: Phaser.Scene, of: 'view' | 'world'): Area {
  if (of === 'world') return scene.cameras.main.worldView;
  const { width, height } = scene.scale;
  return { x: 0, y: 0, width, height };
}

const origin = { x: 0, y: 0 } as Phaser.Math.Vector2;
const right = { x: 0, y: 0 } as Phaser.Math.Vector2;
const below = { x: 0, y: 0 } as Phaser.Math.Vector2;

/** Where in the view a point of the world is, whichever way a camera scrolls, zooms and turns. */
function inView(camera: Phaser.Cameras.Scene2D.Camera, x: number, y: number): { x: number; y: number } {
  // From view to world it is a linear map, of which three points tell all.
  camera.getWorldPoint(0, 0, origin);
  camera.getWorldPoint(1, 0, right);
  camera.getWorldPoint(0, 1, below);
  const [a, b] = [right.x - origin.x, below.x - origin.x];
  const [c, d] = [right.y - origin.y, below.y - origin.y];
  const [dx, dy] = [x - origin.x, y - origin.y];
  const determinant = a * d - b * c;
  return { x: (d * dx - b * dy) / determinant, y: (a * dy - c * dx) / determinant };
}
