import Phaser from 'phaser';
import type { AgentDefinition } from '../../phaser/agent-definition';
import { VisibleGame } from '../../phaser/visible-game';
import { shownConfig } from './shown-config';

/**
 * Starts a game as its own page would, in an element of its own that is not seen yet.
 *
 * @throws PlaytrainError `bad-environment` where the agent does not fit it; nothing of it stays then.
 */
export async function startVisible(
  config: Phaser.Types.Core.GameConfig,
  definition: AgentDefinition<Phaser.Scene>,
): Promise<VisibleGame> {
  const element = document.createElement('div');
  element.className = 'live-game is-waiting';
  document.body.append(element);
  const game = new Phaser.Game(shownConfig(config, element));
  try {
    return await VisibleGame.of(game, definition, element);
  } catch (error) {
    game.destroy(true);
    element.remove();
    throw error;
  }
}
