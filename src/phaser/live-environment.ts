import type Phaser from 'phaser';
import type { ScriptedPlayer } from '../contract';
import { ArenaEnvironment } from '../game/engine/arena-environment';
import { stream } from '../random/stream';
import type { AgentDefinition } from './agent-definition';
import { Ambience } from './ambience';
import { GameStepper } from './game-stepper';
import { startHeadless, type TwinAssets } from './headless-game';
import { LiveGame } from './live-game';

/** Where a live game's chance, and what it loads, come from. */
export interface LiveOrigin {
  readonly seed: number;
  /** Decisions that the run has taken already; other episodes follow than at its start. */
  readonly generation?: number;
  /** Which of the run's arenas is its first. */
  readonly arena?: number;
  /** In Node, the folder in which the addresses begin that the game loads; where the process runs, if left out. */
  readonly assets?: TwinAssets;
}

/** A live game, and what lets go of it. */
export interface OpenLive {
  readonly environment: ArenaEnvironment;
  /** To be met there, by the environment's own agents. */
  readonly scripted: readonly ScriptedPlayer[];
  readonly close: () => void;
}

/** As `openLive`, for whoever needs the game as long as the realm lives. */
export async function liveEnvironment<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: LiveOrigin,
): Promise<ArenaEnvironment> {
  return (await openLive(config, definition, origin)).environment;
}

/** A game that nobody sees and only its stepper moves, before an agent lives in it. */
export interface OpenGame {
  readonly stepper: GameStepper;
  readonly ambience: Ambience;
  readonly close: () => void;
}

/** Starts somebody's game, headless. */
export async function openGame(
  config: Phaser.Types.Core.GameConfig,
  { seed, generation = 0, arena = 0, assets }: LiveOrigin,
): Promise<OpenGame> {
  const random = stream({ seed, generation, purpose: 'worlds', arena });
  const ambience = new Ambience(random);
  const game = await startHeadless(config, random.uniform(), ambience, assets);
  return {
    stepper: new GameStepper(game, ambience),
    ambience,
    close: () => {
      game.destroy(true);
      // Which it does at its next step.
      game.headlessStep(0, 0);
    },
  };
}

/**
 * Somebody's game, headless, as an environment of one arena, or of as many as there are bodies: the twin of the one that
 * is seen.
 *
 * @throws PlaytrainError `bad-environment` where the agent does not fit the game.
 */
export async function openLive<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: LiveOrigin,
): Promise<OpenLive> {
  const { stepper, ambience, close } = await openGame(config, origin);
  const live = await LiveGame.open(stepper, definition, ambience);
  const { arena = 0 } = origin;
  return {
    // Somebody's game is gone on with as long as there is something to learn from what it does before it fails.
    environment: new ArenaEnvironment(live.spec, live, live.arenas, arena, definition.every + 1),
    scripted: live.scripted,
    close,
  };
}
