import Phaser from 'phaser';

/** More pixels than these a CSS pixel cost more than they show. */
const mostPixelRatio = 3;

/** Lets a game fill its parent with a canvas pixel for each of the display's, whatever size the window gets. */
export function fill(game: Phaser.Game, parent: HTMLElement): void {
  const resize = () => {
    const { clientWidth, clientHeight } = parent;
    if (clientWidth === 0 || clientHeight === 0) return;
    const ratio = Math.min(mostPixelRatio, window.devicePixelRatio);
    game.scale.setZoom(1 / ratio);
    game.scale.resize(Math.round(clientWidth * ratio), Math.round(clientHeight * ratio));
  };
  if (game.isBooted) resize();
  else game.events.once(Phaser.Core.Events.READY, resize);
  new ResizeObserver(resize).observe(parent);
}
