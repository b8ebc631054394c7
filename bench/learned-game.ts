import type { LiveExample, LiveGoal } from '../examples/live-example';
import { liveGames } from '../examples/live-games';
import type { ArenaShare } from '../src/agent/arena-shares';
import {
  type DecisionEnvironment,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  type ScriptedPlayer,
} from '../src/contract';
import { games, loadGame } from '../src/game/catalogue';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';

/** A run's arenas, and what lets go of them. */
export interface OpenArenas {
  readonly environment: DecisionEnvironment;
  /** Whom the agent may meet there besides itself. */
  readonly scripted: readonly ScriptedPlayer[];
  readonly close: () => void;
}

/** A game as learning needs it, be it a simulation of the page’s or somebody’s live one. */
export interface LearnedGame {
  readonly spec: () => Promise<EnvironmentSpec>;
  readonly presets: Readonly<Record<string, Hyperparameters>>;
  /** What counts as learned; null where that is a mean return. */
  readonly goal: LiveGoal | null;
  readonly open: (share: ArenaShare, seed: number) => Promise<OpenArenas>;
}

/** The one preset of a live game. */
export const ownPreset = 'own';

export const isLive = (game: string): boolean => Object.hasOwn(liveGames, game);

/** @throws PlaytrainError for a game that there is not. */
export async function loadLearned(game: string): Promise<LearnedGame> {
  const load = isLive(game) ? liveGames[game] : undefined;
  if (load !== undefined) return live(await load());
  if (games.some(({ id }) => id === game)) return simulated(game);
  const all = [...games.map(({ id }) => id), ...Object.keys(liveGames)].join(', ');
  throw new PlaytrainError('bad-settings', `There is no game “${game}”; choose one of ${all}.`);
}

/** The settings that a game is known to be learned with. */
export function usualSettings(presets: LearnedGame['presets']): Hyperparameters | null {
  return presets['fast'] ?? presets[ownPreset] ?? null;
}

async function simulated(game: string): Promise<LearnedGame> {
  const { simulation, presets } = await loadGame(game);
  return {
    spec: async () => environmentSpec(simulation),
    presets: { ...presets },
    goal: null,
    open: async (share, seed) => ({
      environment: createVectorEnvironment(simulation, { ...share, seed }),
      scripted: simulation.scriptedPlayers ?? [],
      close: () => {},
    }),
  };
}

async function live({ config, definition, settings, goal }: LiveExample): Promise<LearnedGame> {
  // Fetched here alone: it stands in for a page.
  const { openLive } = await import('../src/phaser/live-environment');
  const { liveHyperparameters } = await import('../src/phaser/live-settings');
  const open = ({ firstArena }: ArenaShare, seed: number) =>
    openLive(config, definition, { seed, arena: firstArena });
  return {
    // What there is to see is known once it is seen.
    async spec() {
      const { environment, close } = await open({ firstArena: 0, arenas: 1 }, 0);
      close();
      return environment.spec;
    },
    presets: { [ownPreset]: liveHyperparameters(definition, settings) },
    goal,
    open,
  };
}
