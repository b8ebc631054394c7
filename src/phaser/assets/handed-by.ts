import type Phaser from 'phaser';
import type { HandedAssets } from './assets';
import { gatherAssets } from './gather-assets';

/** Caches of data that a game is made from: what comes into them later is another level, say. */
const dataCaches = ['json', 'tilemap', 'text', 'xml'] as const;

/**
 * What a game hands to its twin, and when that has changed: where data comes into its caches while it is played, such as
 * a level or a course that was drawn, its twin begins anew with that.
 */
export function handedBy(game: Phaser.Game): {
  readonly handed: () => HandedAssets;
  readonly onHandedChange: (changed: () => void) => () => void;
} {
  return { handed: () => gatherAssets(game), onHandedChange: (changed) => watchData(game, changed) };
}

/** Calls back once for all that comes in one step. */
function watchData(game: Phaser.Game, changed: () => void): () => void {
  let isTold = false;
  const tell = () => {
    isTold = false;
    changed();
  };
  const added = () => {
    if (isTold) return;
    isTold = true;
    game.events.once('poststep', tell);
  };
  for (const cache of dataCaches) game.cache[cache].events.on('add', added);
  return () => {
    game.events.off('poststep', tell);
    for (const cache of dataCaches) game.cache[cache].events.off('add', added);
  };
}
