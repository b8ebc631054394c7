/** A game without its page, in a worker or in Node: to be imported before the game and before Phaser. */
import './stand-ins';
import type Phaser from 'phaser';
import { serveCollected } from '../workers/serve-collected';
import type { AgentDefinition } from './agent-definition';
import { liveEnvironment } from './live-environment';

export { type AgentCheck, type AgentFinding, checkAgent } from './check-agent';
export { type LiveOrigin, liveEnvironment } from './live-environment';

/**
 * Makes a worker the twin of a game: it runs the game's own scenes, unseen and as fast as it can, for the agent to learn
 * from. All that the worker's file has to do:
 *
 * ```ts
 * import { serveTwin } from 'playtrain/phaser/twin';
 * import { bird } from './bird.agent';
 * import { config } from './game';
 * serveTwin(config, bird);
 * ```
 *
 * @param config the one that the page starts the game from; what is drawn, heard or attached is left out.
 */
export function serveTwin<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
): void {
  serveCollected(async ({ share, hyperparameters, decisions }) => ({
    environment: await liveEnvironment(config, definition, {
      seed: hyperparameters.seed,
      generation: decisions,
      arena: share.firstArena,
    }),
    scripted: [],
  }));
}
