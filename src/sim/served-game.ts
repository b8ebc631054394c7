import {
  type DecisionEnvironment,
  type Hyperparameters,
  PlaytrainError,
  rulesVersionOf,
  type ScriptedPlayer,
  type Simulation,
  type VectorEnvironment,
} from '../contract';
import { createVectorEnvironment } from '../game/engine/vector-environment';

/** What is played from another program, whichever kind of game it is. */
export interface ServedGame {
  readonly kind: 'simulation' | 'live';
  readonly environment: DecisionEnvironment;
  /** By which rules it is played, counted from 1. */
  readonly rulesVersion: number;
  /** Ticks from one decision to the next, unless told otherwise. */
  readonly decisionIntervalTicks: number;
  /** What each reward term counts, unless told otherwise. */
  readonly rewardWeights: readonly number[]; // [terms]
  readonly scripted: readonly ScriptedPlayer[];
  /** What only a simulation is able to do: begin at a seed, keep its state and go back to it. */
  readonly repeatable: Repeatable | null;
  /** Begins all arenas anew, where they cannot be begun one by one. */
  readonly beginAnew?: () => void;
}

/** The part of a vector environment by which it is repeated. */
export type Repeatable = Pick<VectorEnvironment, 'restartArena' | 'save' | 'restore' | 'stateSize'>;

/** How a game is opened. */
export interface ServingOptions {
  /** M. */
  readonly arenas: number;
  readonly seed: number;
  /** Ticks after which episodes are cut; null for the game's own. */
  readonly timeLimitTicks: number | null;
}

/** Opens a simulation. @throws PlaytrainError where the options do not fit it. */
export function serveSimulation(
  simulation: Simulation,
  { arenas, seed, timeLimitTicks }: ServingOptions,
): ServedGame & { readonly environment: VectorEnvironment } {
  const played = timeLimitTicks === null ? simulation : { ...simulation, timeLimitTicks };
  const environment = createVectorEnvironment(played, { arenas, seed });
  return {
    kind: 'simulation',
    environment,
    rulesVersion: rulesVersionOf(simulation),
    decisionIntervalTicks: simulation.decisionIntervalTicks,
    rewardWeights: simulation.rewardTerms.map(({ defaultWeight }) => defaultWeight),
    scripted: simulation.scriptedPlayers ?? [],
    repeatable: environment,
  };
}

/** A live game that runs already, by the settings that its agent learns by. */
export function serveLive(
  environment: DecisionEnvironment & { beginAnew(): void },
  { decisionIntervalTicks, rewardWeights }: Pick<Hyperparameters, 'decisionIntervalTicks' | 'rewardWeights'>,
): ServedGame {
  return {
    kind: 'live',
    environment,
    rulesVersion: 1,
    decisionIntervalTicks,
    rewardWeights: environment.spec.rewardTerms.map(
      ({ name, defaultWeight }) => rewardWeights[name] ?? defaultWeight,
    ),
    // They look at the game itself, by its agents' numbers, and are met inside of it.
    scripted: [],
    repeatable: null,
    beginAnew: () => environment.beginAnew(),
  };
}

/** Whether something that a module exports is a game's rules. */
export function isSimulation(value: unknown): value is Simulation {
  if (typeof value !== 'object' || value === null) return false;
  const { game, reset, step, observe } = value as Partial<Simulation>;
  return [reset, step, observe].every((each) => typeof each === 'function') && typeof game === 'string';
}

/**
 * The rules among what a module exports.
 *
 * @param name of the export; null for the only one there is.
 * @throws PlaytrainError `bad-settings` where there is none, or more than one and no name.
 */
export function exportedSimulation(
  exported: Readonly<Record<string, unknown>>,
  name: string | null,
  file: string,
): Simulation {
  if (name !== null) {
    const found = exported[name];
    if (isSimulation(found)) return found;
    throw new PlaytrainError(
      'bad-settings',
      `“${file}” exports no simulation “${name}”; it exports ${Object.keys(exported).join(', ') || 'nothing'}.`,
    );
  }
  const found = Object.entries(exported).filter(([, value]) => isSimulation(value));
  // The same rules under two names, such as `default`, are one.
  const rules = [...new Set(found.map(([, value]) => value as Simulation))];
  if (rules.length === 1) return rules[0]!;
  throw new PlaytrainError(
    'bad-settings',
    rules.length === 0
      ? `“${file}” exports no Simulation (an object with game, reset, step and observe) and serves no twin.`
      : `“${file}” exports several simulations, ${found.map(([key]) => key).join(', ')}; choose one by --export NAME.`,
  );
}
