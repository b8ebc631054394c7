import Phaser from 'phaser';
import { liveGames } from '../../examples/live-games';
import type { HandedAssets } from '../../src/phaser/assets/assets';
import { gatherAssets } from '../../src/phaser/assets/gather-assets';
import { sceneRuns } from '../../src/phaser/scene-status';

/** What a game has loaded once its agent's scene runs, for a twin of its own; the game itself is gone again. */
export async function loadedAssets(name: string): Promise<HandedAssets> {
  const { config, definition } = await liveGames[name]!();
  const game = new Phaser.Game({ ...config, parent: document.body });
  try {
    await sceneRuns(game, definition.scene);
    return gatherAssets(game);
  } finally {
    game.destroy(true);
  }
}
