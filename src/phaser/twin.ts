/** A game without its page, in a worker or in Node: to be imported before the game and before Phaser. */
import './stand-ins';
import './global-phaser';
import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import { serveCollected } from '../workers/serve-collected';
import type { AgentDefinition } from './agent-definition';
import type { HandedAssets } from './assets/assets';
import { checkAgent, sharedByCopies } from './check-agent';
import { type LiveOrigin, openLive } from './live-environment';
import { type LiveSettings, liveHyperparameters } from './live-settings';
import { aName, anObject, aWholeNumber, checkOptions, type OptionRules, optional } from './options';
import { leaveServed, type TwinAnswers } from './served-twin';

export type { AgentFinding, AgentFindingCode } from './agent-findings';
export { type AgentCheck, type CheckOptions, checkAgent } from './check-agent';
export { expectAgent } from './expect-agent';
export type { TwinAssets } from './headless-game';
export { type ArenaEnvironment, type LiveOrigin, liveEnvironment } from './live-environment';

/** What a twin may need besides game and agent. */
export interface TwinOptions {
  /** Settings that differ from those for live games, for where no page names them. */
  readonly settings?: LiveSettings;
  /** The folder in which the addresses begin that the game loads, such as `public`, for where no page hands over what it has loaded. */
  readonly assets?: string;
  /**
   * How many games one worker may run at once, where settings ask for more arenas than a game has; 1 unless told. A game
   * that keeps something outside of its scenes, such as in a variable of a module, is refused then.
   */
  readonly copies?: number;
}

const rules: OptionRules<TwinOptions> = {
  settings: optional(anObject),
  assets: optional(aName),
  copies: optional(aWholeNumber(1)),
};

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
 * @throws PlaytrainError `bad-environment` for options that there are not, `bad-settings` for such settings.
 */
export function serveTwin<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  options: TwinOptions = {},
): void {
  checkOptions('serveTwin', options, rules);
  const { settings, assets = '.', copies = 1 } = options;
  const hyperparameters = liveHyperparameters(definition, settings);
  const open = async (origin: LiveOrigin, arenas: number) => {
    const games = gamesFor(arenas, definition, copies);
    if (games > 1) await refuseShared(config, definition, origin);
    return openLive(config, definition, { ...origin, copies: games });
  };
  leaveServed({
    name: definition.name,
    hyperparameters,
    open: (origin, arenas) => open({ assets, ...origin }, arenas),
    check: (options) => checkAgent(config, definition, { assets, copies, ...options }),
  });
  if (!('WorkerGlobalScope' in globalThis)) return;
  serveCollected(
    ({ share, hyperparameters: { seed }, decisions, handed }) =>
      open(
        {
          // Its page’s, which is of this very version.
          assets: (handed as HandedAssets | undefined) ?? assets,
          seed,
          generation: decisions,
          arena: share.firstArena,
        },
        share.arenas,
      ),
    {
      checkAgent: (handed: HandedAssets | undefined) =>
        checkAgent(config, definition, { assets: handed ?? assets, copies }),
    } satisfies TwinAnswers,
  );
}

/** @throws PlaytrainError `bad-settings` where so many arenas cannot be had. */
function gamesFor<Scene extends Phaser.Scene>(
  arenas: number,
  { name, bodies = 1 }: AgentDefinition<Scene>,
  mostCopies: number,
): number {
  const games = arenas / bodies;
  if (Number.isInteger(games) && games <= mostCopies) return games;
  throw new PlaytrainError(
    'bad-settings',
    Number.isInteger(games)
      ? `${arenas} arenas are ${games} games of “${name}” in one worker, which serves ${mostCopies}; say serveTwin(config, agent, { copies: ${games} }), or take as many collectors.`
      : `“${name}” has ${bodies} bodies, so the arenas of a worker must be a multiple of that; there are ${arenas}.`,
  );
}

/** @throws PlaytrainError `bad-environment` where copies of the game are in each other's way. */
async function refuseShared<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Scene>,
  { assets }: LiveOrigin,
): Promise<void> {
  const shared = await sharedByCopies(config, definition, assets === undefined ? {} : { assets });
  if (shared !== null) throw new PlaytrainError('bad-environment', `${shared.message} ${shared.cure}`);
}
