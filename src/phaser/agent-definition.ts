import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import type { Doing } from './actions';
import type { Earning } from './earnings';
import type { Sensor } from './sensors/sensor';

/** What is seen under one name: a number, a condition, or several numbers. */
export type Sight = number | boolean | readonly number[] | Float32Array;

/** An agent beside somebody's game: what it sees, does and earns, and when its episode ends. The game stays as it is. */
export interface AgentDeclaration<Scene extends Phaser.Scene> {
  /** Names it in files, such as `bird`. */
  readonly name: string;
  /** The key of the scene that it lives in. */
  readonly scene: string;
  /** Steps of a sixtieth of a second from one decision to the next; 4 where it is left out. */
  readonly every?: number;
  /** Steps after which an episode is cut; 3,600, a minute, where it is left out. */
  readonly limit?: number;
  /** What it sees, by name, scaled near ±1; always the same names, and as many numbers under each. */
  readonly sees?: (scene: Scene) => Readonly<Record<string, Sight>>;
  /** What it senses besides, by name. */
  readonly sensors?: Readonly<Record<string, Sensor<Scene>>>;
  readonly does: Doing<Scene>;
  /** What it is paid for, by name. */
  readonly earns: Readonly<Record<string, Earning<Scene>>>;
  /** Whether its episode is over. It also is when the game leaves or restarts the scene. */
  readonly ends?: (scene: Scene) => boolean;
  /** Begins an episode, where restarting the scene alone does not: such as by setting what another scene set. */
  readonly reset?: (game: Phaser.Game) => void;
}

/** A declaration with nothing left out. */
export interface AgentDefinition<Scene extends Phaser.Scene> extends AgentDeclaration<Scene> {
  readonly every: number;
  readonly limit: number;
}

/** @throws PlaytrainError `bad-environment` where the declaration cannot be meant. */
export function defineAgent<Scene extends Phaser.Scene>(
  declaration: AgentDeclaration<Scene>,
): AgentDefinition<Scene> {
  const { name, every = 4, limit = 3_600, earns } = declaration;
  const refuse = (what: string) => new PlaytrainError('bad-environment', `The agent “${name}” ${what}`);
  if (!(Number.isInteger(every) && every >= 1)) {
    throw refuse(`decides every ${every} steps; give a whole number of at least 1.`);
  }
  if (!(Number.isInteger(limit) && limit >= every)) {
    throw refuse(`has a limit of ${limit} steps; give a whole number of at least ${every}, one decision.`);
  }
  if (Object.keys(earns).length === 0) throw refuse('earns nothing, so there is nothing to learn.');
  return { ...declaration, every, limit };
}
