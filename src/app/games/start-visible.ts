import Phaser from 'phaser';
import type { AgentDefinition } from '../../phaser/agent-definition';
import { VisibleGame } from '../../phaser/visible-game';

/** Starts a game as its own page would, in an element of its own that is not seen yet. */
export async function startVisible(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Phaser.Scene>,
): Promise<VisibleGame> {
  const element = document.createElement('div');
  element.className = 'live-game is-waiting';
  document.body.append(element);
  const game = new Phaser.Game({
    ...config,
    parent: element,
    scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH, ...config.scale },
    // As with our own scenes: with several textures a batch, software rendering and some phones lose parts of what turns.
    render: { maxTextures: 1, ...config.render },
    banner: false,
    // The page says who has the keys.
    autoFocus: false,
  });
  return VisibleGame.of(game, definition, element);
}
