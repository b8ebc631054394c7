import type { ActionSpace, ContinuousSpace, DiscreteSpace, ProductPart } from '../contract';
import type { KeyName } from './held-keys';

/** What an action may move. */
export interface Hands<Scene> {
  readonly scene: Scene;
  /** Holds these keys too, until the next step. */
  press(names: readonly KeyName[]): void;
}

/** One way to act: what there is to choose from, and what a choice does before each step that it is in force for. */
export interface Doing<Scene, Space extends ActionSpace = ActionSpace> {
  readonly space: Space;
  /** Numbers of an action. */
  readonly size: number;
  /** @param action whose numbers begin at `offset`. */
  apply(hands: Hands<Scene>, action: Float32Array, offset: number): void;
}

/**
 * Choices that hold keys down: the game's own, so that it stays as it is. A key that two choices in a row hold stays
 * down between them.
 *
 * @param choices by name, such as `{ wait: [], jump: ['SPACE'] }`.
 */
export function keys<Scene>(
  choices: Readonly<Record<string, readonly KeyName[]>>,
): Doing<Scene, DiscreteSpace> {
  const labels = Object.keys(choices);
  const held = Object.values(choices);
  return {
    space: discrete(labels),
    size: 1,
    apply: (hands, action, offset) => hands.press(held[action[offset]!] ?? []),
  };
}

/** Choices by name that the game is told of. @param act is called before each step that the choice is in force for. */
export function choose<Scene, Choice extends string>(
  choices: readonly Choice[],
  act: (scene: Scene, choice: Choice) => void,
): Doing<Scene, DiscreteSpace> {
  return {
    space: discrete(choices),
    size: 1,
    apply: ({ scene }, action, offset) => act(scene, choices[action[offset]!]!),
  };
}

/**
 * Amounts that the game is told of.
 *
 * @param axes the bounds of each by name, such as `{ steer: [-1, 1] }`.
 * @param act is called before each step that the amounts are in force for; it is handed the same object each time.
 */
export function continuous<Scene, Axis extends string>(
  axes: Readonly<Record<Axis, readonly [low: number, high: number]>>,
  act: (scene: Scene, amounts: Readonly<Record<Axis, number>>) => void,
): Doing<Scene, ContinuousSpace> {
  const names = Object.keys(axes) as Axis[];
  const amounts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Axis, number>;
  return {
    space: {
      kind: 'continuous',
      size: names.length,
      names,
      low: names.map((name) => axes[name][0]),
      high: names.map((name) => axes[name][1]),
    },
    size: names.length,
    apply: ({ scene }, action, offset) => {
      names.forEach((name, index) => {
        amounts[name] = action[offset + index]!;
      });
      act(scene, amounts);
    },
  };
}

/** Several ways to act at once, such as two buttons and a stick, by name. */
export function together<Scene>(
  parts: Readonly<Record<string, Doing<Scene, DiscreteSpace | ContinuousSpace>>>,
): Doing<Scene> {
  const named = Object.entries(parts);
  return {
    space: {
      kind: 'product',
      parts: named.map(([name, { space }]): ProductPart => ({ ...space, name })),
    },
    size: named.reduce((sum, [, { size }]) => sum + size, 0),
    apply: (hands, action, offset) => {
      let next = offset;
      for (const [, doing] of named) {
        doing.apply(hands, action, next);
        next += doing.size;
      }
    },
  };
}

function discrete(labels: readonly string[]): DiscreteSpace {
  return { kind: 'discrete', count: labels.length, labels };
}
