import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import { type Doing, isDoing, type NamedAction } from './actions';
import { type Earning, isEarning } from './earnings';
import {
  aFunction,
  aName,
  aWholeNumber,
  byName,
  checkOptions,
  type OptionRules,
  oneOf,
  optional,
} from './options';
import { isSensor, type Sensor } from './sensors/sensor';

/** What is seen under one name: a number, a condition, or several numbers. */
export type Sight = number | boolean | readonly number[] | Float32Array;

/**
 * An agent beside somebody's game: what it sees, does and earns, and when its episode ends. The game stays as it is.
 *
 * Where several live in one scene, `seats` that meet or `bodies` that each go their own way, whatever is called here is
 * told last which of them it is about, `who`, counted from 0; of one agent it is 0.
 */
export interface AgentDeclaration<Scene extends Phaser.Scene> {
  /** Names it in files, such as `bird`. */
  readonly name: string;
  /** The key of the scene that it lives in. */
  readonly scene: string;
  /** Steps of a sixtieth of a second from one decision to the next; 4 where it is left out. */
  readonly every?: number;
  /** Steps after which an episode is cut; 3,600, a minute, where it is left out. */
  readonly limit?: number;
  /** 2 where two meet in the scene and share an episode: they learn from playing each other. */
  readonly seats?: 2;
  /** How many act by the same policy in one scene, each with an episode of its own, for which there must be `begin`. */
  readonly bodies?: number;
  /** What it sees, by name, scaled near ±1; always the same names, and as many numbers under each. */
  readonly sees?: (scene: Scene, who: number) => Readonly<Record<string, Sight>>;
  /** What it senses besides, by name. */
  readonly sensors?: Readonly<Record<string, Sensor<Scene>>>;
  /** What it does: `keys`, `pointer`, `choose`, `continuous`, or several of these `together`. */
  readonly does: Doing<Scene>;
  /** What it is paid for, by name. */
  readonly earns: Readonly<Record<string, Earning<Scene>>>;
  /** Whether its episode is over. It also is when the game leaves or restarts the scene. */
  readonly ends?: (scene: Scene, who: number) => boolean;
  /** Puts one of several bodies back at its start, while the scene and the others go on. */
  readonly begin?: (scene: Scene, who: number) => void;
  /** Begins an episode, where restarting the scene alone does not: such as by setting what another scene set. */
  readonly reset?: (game: Phaser.Game) => void;
  /** Of two seats: what of its earnings a seat has more of than the other when it won the episode. */
  readonly wins?: string;
  /** Opponents written by hand, by name, the weakest first: what one does, by the names of `does`. For two seats. */
  readonly scripted?: Readonly<Record<string, (scene: Scene, who: number) => NamedAction>>;
}

/** A declaration with nothing left out. */
export interface AgentDefinition<Scene extends Phaser.Scene> extends AgentDeclaration<Scene> {
  readonly every: number;
  readonly limit: number;
}

const rules: OptionRules<AgentDeclaration<never>> = {
  name: aName,
  scene: aName,
  every: optional(aWholeNumber(1)),
  limit: optional(aWholeNumber(1)),
  seats: optional(oneOf([2])),
  bodies: optional(aWholeNumber(1)),
  sees: optional(aFunction),
  sensors: optional(byName(isSensor, 0)),
  does: isDoing,
  earns: byName(isEarning, 0),
  ends: optional(aFunction),
  begin: optional(aFunction),
  reset: optional(aFunction),
  wins: optional(aName),
  scripted: optional(byName(aFunction)),
};

/** Steps of an episode, where nobody says how many at most. */
export const usualLimit = 3_600;

/** @throws PlaytrainError `bad-environment` where the declaration cannot be meant. */
export function defineAgent<Scene extends Phaser.Scene>(
  declaration: AgentDeclaration<Scene>,
): AgentDefinition<Scene> {
  checkOptions(ownerOf(declaration), declaration, rules);
  const { name, every = 4, limit = usualLimit, earns } = declaration;
  const refuse = (what: string) => new PlaytrainError('bad-environment', `The agent “${name}” ${what}`);
  if (limit < every) {
    throw refuse(`has a limit of ${limit} steps; give a whole number of at least ${every}, one decision.`);
  }
  if (Object.keys(earns).length === 0) throw refuse('earns nothing, so there is nothing to learn.');
  const { seats, bodies, begin, wins, scripted } = declaration;
  if (seats !== undefined && bodies !== undefined) {
    throw refuse('has seats and bodies; several that meet have seats, several that do not are bodies.');
  }
  if (bodies !== undefined && begin === undefined) {
    throw refuse('has several bodies, so it needs “begin”, which puts one of them back at its start.');
  }
  if (wins !== undefined && earns[wins] === undefined) {
    throw refuse(`wins by “${wins}”, which is not among what it earns.`);
  }
  if (seats === undefined && (wins ?? scripted) !== undefined) {
    throw refuse('has nobody to meet; give it two seats, or leave “wins” and “scripted” out.');
  }
  return { ...declaration, every, limit };
}

function ownerOf(declaration: { readonly name?: unknown } | undefined): string {
  return typeof declaration?.name === 'string' ? `The agent “${declaration.name}”` : 'An agent';
}
