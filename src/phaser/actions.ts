import {
  type ActionSpace,
  type ContinuousSpace,
  type DiscreteSpace,
  namesNear,
  PlaytrainError,
  type ProductPart,
} from '../contract';
import { type KeyName, keyNames } from './held-keys';
import type { Pointed } from './held-pointer';
import { aFunction, aList, aName, byName, checkValue, type OptionRule } from './options';

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
  /** The keys that an agent presses by it, if any: while somebody else plays that agent, they are not a person's. */
  keysOf?(who: number): readonly KeyName[];
}

/** The keys that each choice holds, by the choice's name. */
export type KeyChoices = Readonly<Record<string, readonly KeyName[]>>;

/**
 * Choices that hold keys down: the game's own, so that it stays as it is. A key that two choices in a row hold stays
 * down between them.
 *
 * @param choices by name, such as `{ wait: [], jump: ['SPACE'] }`; where several agents share a keyboard a list, one of
 * these for each of them, under the same names.
 * @throws PlaytrainError `bad-environment` where Phaser knows no such key, or there is nothing to choose from.
 */
export function keys<Scene>(choices: KeyChoices | readonly KeyChoices[]): Doing<Scene, DiscreteSpace> {
  const maps = isList(choices) ? choices : [choices];
  if (maps.length === 0) throw refused('keys are given an empty list; give choices for each agent.');
  for (const map of maps) checkValue('keys', 'choices', map, choicesRule);
  const labels = Object.keys(maps[0]!);
  for (const map of maps) refuseOtherNames(labels, Object.keys(map));
  for (const name of maps.flatMap((map) => Object.values(map).flat())) refuseKey(name);
  const held = maps.map((map) => labels.map((label) => map[label]!));
  const heldBy = (who: number) => held[held.length === 1 ? 0 : who];
  return {
    space: discrete(labels),
    size: 1,
    apply: (hands, action, offset) => {
      hands.press(heldBy(hands.who)?.[action[offset]!] ?? []);
    },
    keysOf: (who) => heldBy(who)?.flat() ?? [],
    encode: encodeChoice(labels),
  };
}

function isList(choices: KeyChoices | readonly KeyChoices[]): choices is readonly KeyChoices[] {
  return Array.isArray(choices);
}

const choicesRule: OptionRule = {
  ...byName({ wanted: 'a list of keys', allows: Array.isArray }),
  wanted: "at least one choice by name, and a list of keys under each, such as { wait: [], jump: ['SPACE'] }",
};

function refuseOtherNames(one: readonly string[], other: readonly string[]): void {
  const odd = one.find((label) => !other.includes(label)) ?? other.find((label) => !one.includes(label));
  if (odd === undefined) return;
  throw refused(`One agent's keys have no “${odd}”, which another's have; give all of them the same names.`);
}

function refuseKey(name: string): void {
  if ((keyNames as readonly string[]).includes(name)) return;
  const [near] = namesNear(name, keyNames);
  throw refused(
    `keys name “${name}”, which Phaser has no key of${near === undefined ? '' : `; did you mean “${near}”?`} Its names are those of Phaser.Input.Keyboard.KeyCodes.`,
  );
}

function refused(sentence: string): PlaytrainError {
  return new PlaytrainError('bad-environment', sentence);
}

/**
 * Choices by name that the game is told of.
 *
 * @param act is called before each step that the choice is in force for.
 * @throws PlaytrainError `bad-environment` where there is none, or one of them twice.
 */
export function choose<Scene, Choice extends string>(
  choices: readonly Choice[],
  act: (scene: Scene, choice: Choice, who: number) => void,
): Doing<Scene, DiscreteSpace> {
  checkValue('choose', 'choices', choices, aList(aName, 1));
  checkValue('choose', 'act', act, aFunction);
  return {
    space: discrete(choices),
    size: 1,
    apply: ({ scene, who }, action, offset) => act(scene, choices[action[offset]!]!, who),
    encode: encodeChoice(choices),
  };
}

const axesRule: OptionRule = {
  ...byName({
    wanted: 'bounds',
    allows: (bounds) => {
      const [low, high] = Array.isArray(bounds) && bounds.length === 2 ? (bounds as unknown[]) : [];
      return Number.isFinite(low) && Number.isFinite(high) && Number(low) < Number(high);
    },
  }),
  wanted: 'at least one axis by name, and under each its least and its most, such as { steer: [-1, 1] }',
};

/**
 * Amounts that the game is told of.
 *
 * @param axes the bounds of each by name, such as `{ steer: [-1, 1] }`.
 * @param act is called before each step that the amounts are in force for; it is handed the same object each time.
 * @throws PlaytrainError `bad-environment` where bounds are none, or there is no axis.
 */
export function continuous<Scene, Axis extends string>(
  axes: Readonly<Record<Axis, readonly [low: number, high: number]>>,
  act: (scene: Scene, amounts: Readonly<Record<Axis, number>>, who: number) => void,
): Doing<Scene, ContinuousSpace> {
  checkValue('continuous', 'axes', axes, axesRule);
  checkValue('continuous', 'act', act, aFunction);
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

/** What belongs where a way to act does. */
export const isDoing: OptionRule = {
  wanted: 'a way to act, such as keys, pointer, choose or continuous make',
  allows: (value) => {
    const { space, apply } = (value ?? {}) as Partial<Doing<never>>;
    return typeof space === 'object' && typeof apply === 'function';
  },
};

/**
 * Several ways to act at once, such as two buttons and a stick, by name.
 *
 * @throws PlaytrainError `bad-environment` where one of them is none.
 */
export function together<Scene>(parts: Readonly<Record<string, Doing<Scene>>>): Doing<Scene> {
  checkValue('together', 'parts', parts, byName(isDoing));
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
    keysOf: (who) => named.flatMap(([, doing]) => doing.keysOf?.(who) ?? []),
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
