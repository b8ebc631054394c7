import {
  cleanrlHyperparameters,
  type GamePresets,
  loadModule,
  PlaytrainError,
  sb3Hyperparameters,
} from '../../contract';
import { liveHyperparameters } from '../../phaser/live-settings';
import { pictureTexts } from '../../texts/picture';
import { canDraw } from '../../ui/kit/can-draw';
import type { LiveListing, LiveParts } from './live-listings';
import type { LiveGame } from './page-game';

/**
 * Starts a live game of the page's, out of sight until it is shown.
 *
 * @throws PlaytrainError `not-loaded`, `canvas-refused`, `bad-environment`.
 */
export async function openLive(listing: LiveListing): Promise<LiveGame> {
  if (!canDraw()) throw new PlaytrainError('canvas-refused', pictureTexts.refused);
  const [{ startVisible }, parts] = await Promise.all([
    loadModule('The game engine', () => import('./start-visible')),
    partsOf(listing),
  ]);
  const { about, twin } = listing;
  const visible = await startVisible(parts.config, parts.definition);
  return { kind: 'live', about, twin, visible, spec: visible.spec, presets: presetsOf(parts) };
}

/** Its named settings. @throws PlaytrainError `not-loaded`. */
export async function livePresets(listing: LiveListing): Promise<GamePresets> {
  return presetsOf(await partsOf(listing));
}

function partsOf({ about, load }: LiveListing): Promise<LiveParts> {
  return loadModule(`The game ${about.title}`, load);
}

function presetsOf({ definition, settings }: LiveParts): GamePresets {
  const fast = liveHyperparameters(definition, settings);
  const { arenas, collectors, decisionIntervalTicks, rewardWeights } = fast;
  const ofGame = { arenas, collectors, decisionIntervalTicks, rewardWeights };
  return {
    fast,
    sb3: { ...sb3Hyperparameters, ...ofGame },
    cleanrl: { ...cleanrlHyperparameters, ...ofGame },
  };
}
