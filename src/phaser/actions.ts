import {
  type ActionSpace,
  type ContinuousSpace,
  type DiscreteSpace,
  PlaytrainError,
  type ProductPart,
} from '../contract';
import type { KeyName } from './held-keys';
import type { Pointed } from './held-pointer';

/** What an action may move. */
export interface Hands<Scene> {
  /** Where it acts. */
  readonly scene: Scene;
  /** Which of the scene's agents acts; 0 where there is one. */
  readonly who: number;
  /** Holds these keys too, until the next step. */
  readonly press: (names: readonly KeyName[]) => void;
  /** Has the game's pointer there, with that button down, until it is put elsewhere. */
  readonly point: (pointed: Pointed) => void;
}

/** An action as a person would say it: a choice by its name, amounts by the names of their axes, several of these by theirs. */
export type NamedAction = string | number | { readonly [name: string]: NamedAction };

/** One way to act: what there is to choose from, and what a choice does before each step that it is in force for. */
export interface Doing<Scene, Space extends ActionSpace = ActionSpace> {
  /** What can be done, as numbers. */
  readonly space: Space;
  /** Numbers of an action. */
  readonly size: number;
  /**
   * Does what an action says, before a step that it is in force for.
   *
   * @param action whose numbers begin at `offset`.
   */
  apply(hands: Hands<Scene>, action: Float32Array, offset: number): void;
  /**
   * Writes a named action's numbers into `into` from `offset` on.
   *
   * @throws PlaytrainError `bad-actions` where there is nothing of that name.
   */
  encode(named: NamedAction, into: Float32Array, offset: number): void;
}

/** The keys that each choice holds, by the choice's name. */
export type KeyChoices = Readonly<Record<string, readonly KeyName[]>>;

/**
 * Choices that hold keys down: the game's own, so that it stays as it is. A key that two choices in a row hold stays
 * down between them.
 *
 * @param choices by name, such as `{ wait: [], jump: ['SPACE'] }`; where several agents share a keyboard a list, one of
 * these for each of them, under the same names.
 */
export function keys<Scene>(choices: KeyChoices | readonly KeyChoices[]): Doing<Scene, DiscreteSpace> {
  const maps = isList(choices) ? choices : [choices];
  const labels = Object.keys(maps[0] ?? {});
  const held = maps.map((map) => labels.map((label) => keysOf(map, label)));
  return {
    space: discrete(labels),
    size: 1,
    apply: (hands, action, offset) => {
      const own = held[held.length === 1 ? 0 : hands.who];
      hands.press(own?.[action[offset]!] ?? []);
    },
    encode: encodeChoice(labels),
  };
}

function isList(choices: KeyChoices | readonly KeyChoices[]): choices is readonly KeyChoices[] {
  return Array.isArray(choices);
}

function keysOf(map: KeyChoices, label: string): readonly KeyName[] {
  const names = map[label];
  if (names !== undefined) return names;
  throw new PlaytrainError(
    'bad-environment',
    `One agent's keys have no “${label}”, which another's have; give all of them the same names.`,
  );
}

/** Choices by name that the game is told of. @param act is called before each step that the choice is in force for. */
export function choose<Scene, Choice extends string>(
  choices: readonly Choice[],
  act: (scene: Scene, choice: Choice, who: number) => void,
): Doing<Scene, DiscreteSpace> {
  return {
    space: discrete(choices),
    size: 1,
    apply: ({ scene, who }, action, offset) => act(scene, choices[action[offset]!]!, who),
    encode: encodeChoice(choices),
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
  act: (scene: Scene, amounts: Readonly<Record<Axis, number>>, who: number) => void,
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
    apply: ({ scene, who }, action, offset) => {
      names.forEach((name, index) => {
        amounts[name] = action[offset + index]!;
      });
      act(scene, amounts, who);
    },
    encode: (named, into, offset) => {
      names.forEach((name, index) => {
        const amount = partOf(named, name);
        if (typeof amount !== 'number') throw noSuch(amount, name);
        into[offset + index] = amount;
      });
    },
  };
}

/** Several ways to act at once, such as two buttons and a stick, by name. */
export function together<Scene>(parts: Readonly<Record<string, Doing<Scene>>>): Doing<Scene> {
  const named = Object.entries(parts);
  return {
    space: {
      kind: 'product',
      parts: named.flatMap(([name, { space }]) => partsOf(name, space)),
    },
    size: named.reduce((sum, [, { size }]) => sum + size, 0),
    apply: (hands, action, offset) => {
      let next = offset;
      for (const [, doing] of named) {
        doing.apply(hands, action, next);
        next += doing.size;
      }
    },
    encode: (whole, into, offset) => {
      let next = offset;
      for (const [name, doing] of named) {
        doing.encode(partOf(whole, name), into, next);
        next += doing.size;
      }
    },
  };
}

function partsOf(name: string, space: ActionSpace): readonly ProductPart[] {
  if (space.kind === 'product') return space.parts.map((part) => ({ ...part, name: `${name} ${part.name}` }));
  if (space.kind === 'discrete' || space.kind === 'continuous') return [{ ...space, name }];
  throw new PlaytrainError(
    'bad-environment',
    `“${name}” is several choices at once; give each of them a name in “together”.`,
  );
}

/** Writes a choice's number. */
export function encodeChoice(labels: readonly string[]): Doing<never>['encode'] {
  return (named, into, offset) => {
    const choice = typeof named === 'string' ? labels.indexOf(named) : -1;
    if (choice === -1) throw noSuch(named, labels.join('”, “'));
    into[offset] = choice;
  };
}

export function partOf(named: NamedAction, name: string): NamedAction {
  const part = typeof named === 'object' ? named[name] : undefined;
  if (part === undefined) throw noSuch(named, name);
  return part;
}

export function noSuch(named: NamedAction, wanted: string): PlaytrainError {
  return new PlaytrainError(
    'bad-actions',
    `A scripted player did ${JSON.stringify(named)} where the agent does “${wanted}”.`,
  );
}

function discrete(labels: readonly string[]): DiscreteSpace {
  return { kind: 'discrete', count: labels.length, labels };
}
