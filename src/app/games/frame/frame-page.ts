import Phaser from 'phaser';
import { hearNobody } from '../../../phaser/heard';
import { replaceLoop } from '../../../phaser/phaser-internals';
import { sceneRuns } from '../../../phaser/scene-status';
import { SeededLive } from '../../../phaser/seeded-live';
import { pageTexts } from '../../../texts/page';
import { liveGames } from '../live-listings';
import { shownConfig } from '../shown-config';
import type { FramedGame } from './frame-door';

// The program of a frame: a live game once more, with modules of its own, since some keep what goes on in them there.

window.playtrainFrame = { open };

async function open(id: string): Promise<FramedGame> {
  const listing = liveGames.find((game) => game.id === id);
  if (listing === undefined)
    throw new Error(pageTexts.noGame(id, liveGames.map((game) => game.id).join(', ')));
  const { config, definition } = await listing.load();
  const game = new Phaser.Game(shownConfig(config, document.body));
  await sceneRuns(game, definition.scene);
  game.sound.mute = true;
  hearNobody(game);
  replaceLoop(game, () => {});
  // Nothing steps it where an episode is over.
  addEventListener('resize', () => {
    game.scale.getParentBounds();
    game.scale.refresh();
  });
  const end = () => {
    const { renderer } = game;
    if ('gl' in renderer) renderer.gl.getExtension('WEBGL_lose_context')?.loseContext();
  };
  return { worlds: await SeededLive.open(game, definition), end };
}
