import { type GamePresets, loadModule, PlaytrainError } from '../../contract';
import { livePresets } from '../../phaser/live-settings';
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
  const [{ startVisible }, { config, definition, settings }] = await Promise.all([
    loadModule('The game engine', () => import('./start-visible')),
    partsOf(listing),
  ]);
  const { about, twin, senses } = listing;
  const visible = await startVisible(config, definition);
  return {
    kind: 'live',
    about,
    twin,
    ...(senses !== undefined && { senses }),
    visible,
    spec: visible.spec,
    presets: livePresets(definition, settings),
  };
}

/** Its named settings. @throws PlaytrainError `not-loaded`. */
export async function presetsOf(listing: LiveListing): Promise<GamePresets> {
  const { definition, settings } = await partsOf(listing);
  return livePresets(definition, settings);
}

function partsOf({ about, load }: LiveListing): Promise<LiveParts> {
  return loadModule(`The game ${about.title}`, load);
}
