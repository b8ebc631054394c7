/** A game without its page, in a worker or in Node: to be imported before the game and before Phaser. */
import './stand-ins';
import type Phaser from 'phaser';
import type { Hyperparameters } from '../contract';
import { serveCollected } from '../workers/serve-collected';
import type { AgentDefinition } from './agent-definition';
import type { HandedAssets } from './assets/assets';
import { checkAgent } from './check-agent';
import { openLive } from './live-environment';
import { liveHyperparameters } from './live-settings';
import { leaveServed } from './served-twin';

export type { AgentFinding, AgentFindingCode } from './agent-findings';
export { type AgentCheck, type CheckOptions, checkAgent } from './check-agent';
export { expectAgent } from './expect-agent';
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
 * The same file trains in Node, too: `npx playtrain train ./twin.ts`.
 *
 * @param config the one that the page starts the game from; what is drawn, heard or attached is left out. What its scenes
 * load, the page hands over.
 * @param options for where there is no page to name them: `settings` are those that differ from settings for live games,
 * `assets` the folder in which the addresses begin that the game loads, such as `public`.
 */
export function serveTwin<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  { settings, assets = '.' }: { readonly settings?: Partial<Hyperparameters>; readonly assets?: string } = {},
): void {
  leaveServed({
    name: definition.name,
    hyperparameters: liveHyperparameters(definition, settings),
    open: (origin) => openLive(config, definition, { assets, ...origin }),
    check: () => checkAgent(config, definition, { assets }),
  });
  if (!('WorkerGlobalScope' in globalThis)) return;
  serveCollected(({ share, hyperparameters, decisions, handed }) =>
    openLive(config, definition, {
      // Its page’s, which is of this very version.
      assets: (handed as HandedAssets | undefined) ?? assets,
      seed: hyperparameters.seed,
      generation: decisions,
      arena: share.firstArena,
    }),
  );
}
