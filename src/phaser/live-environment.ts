import type Phaser from 'phaser';
import { PlaytrainError, type ScriptedPlayer } from '../contract';
import { ArenaEnvironment } from '../game/engine/arena-environment';
import { stream } from '../random/stream';
import type { AgentDefinition } from './agent-definition';
import { Ambience } from './ambience';
import { CopiedGames } from './copied-games';
import { GameStepper } from './game-stepper';
import { areAssets, endHeadless, startHeadless, type TwinAssets } from './headless-game';
import { LiveGame } from './live-game';
import { aNumber, aWholeNumber, checkOptions, type OptionRules, optional } from './options';

export type { ArenaEnvironment };

/** Where a live game's chance, and what it loads, come from. */
export interface LiveOrigin {
  /** Where chance begins. */
  readonly seed: number;
  /** Decisions that the run has taken already; other episodes follow than at its start. */
  readonly generation?: number;
  /** Which of the run's arenas is its first. */
  readonly arena?: number;
  /** How many games; 1 where it is left out. */
  readonly copies?: number;
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

const rules: OptionRules<LiveOrigin> = {
  seed: aNumber,
  generation: optional(aWholeNumber(0)),
  arena: optional(aWholeNumber(0)),
  copies: optional(aWholeNumber(1)),
  assets: optional(areAssets),
};

/**
 * As `openLive`, for whoever needs the game as long as the realm lives.
 *
 * @throws PlaytrainError as that does, and for options that there are not.
 */
export async function liveEnvironment<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: LiveOrigin,
): Promise<ArenaEnvironment> {
  checkOptions('liveEnvironment', origin, rules);
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
    close: () => endHeadless(game),
  };
}

/**
 * Somebody's game, headless, as an environment of one arena, or of as many as there are bodies: the twin of the one that
 * is seen. Of several copies each has its own time and chance, and nothing else that keeps one from another: see
 * `AgentCheck.sharedByCopies`.
 *
 * @throws PlaytrainError `bad-environment` where the agent does not fit the game, or there can be no copies.
 */
export async function openLive<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  origin: LiveOrigin,
): Promise<OpenLive> {
  const { arena: firstArena = 0, copies = 1 } = origin;
  if (copies > 1 && definition.scripted !== undefined) {
    throw new PlaytrainError(
      'bad-environment',
      `Scripted players of “${definition.name}” look at one game, so there can be no ${copies} copies of it in one worker; use several collectors.`,
    );
  }
  const games: OpenGame[] = [];
  const close = () => {
    for (const game of games) game.close();
  };
  try {
    const live: LiveGame<Scene>[] = [];
    for (let copy = 0; copy < copies; copy++) {
      const game = await openGame(config, { ...origin, arena: firstArena + copy * (definition.bodies ?? 1) });
      games.push(game);
      live.push(await LiveGame.open(game.stepper, definition, game.ambience));
    }
    const first = live[0]!;
    const worlds = copies === 1 ? first : new CopiedGames(live);
    // Somebody's game is gone on with as long as there is something to learn from what it does before it fails.
    const soundTicks = definition.every + 1;
    return {
      environment: new ArenaEnvironment(first.spec, worlds, worlds.arenas, firstArena, soundTicks),
      scripted: first.scripted,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
