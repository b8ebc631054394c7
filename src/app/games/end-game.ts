import type { VisibleGame } from '../../phaser/visible-game';

/** Takes a live game off the page for good, and gives its graphics context back: browsers keep few. */
export function endGame(visible: VisibleGame): void {
  const { game, element } = visible;
  visible.close();
  game.events.once('destroy', () => {
    const { renderer } = game;
    if ('gl' in renderer) renderer.gl.getExtension('WEBGL_lose_context')?.loseContext();
  });
  game.destroy(true);
  element?.remove();
}
