import type Phaser from 'phaser';

/** More pixels than these a CSS pixel cost more than they show. */
const mostPixelRatio = 3;

/** Lets a game fill its parent with a canvas pixel for each of the display's, whatever size that gets. */
export function fill(game: Phaser.Game): void {
  const parent = game.scale.parent as HTMLElement | null;
  // Nobody sees it.
  if (parent === null || typeof ResizeObserver === 'undefined') return;
  const resize = () => {
    const { clientWidth, clientHeight } = parent;
    if (clientWidth === 0 || clientHeight === 0) return;
    const ratio = Math.min(mostPixelRatio, window.devicePixelRatio);
    game.scale.resize(Math.round(clientWidth * ratio), Math.round(clientHeight * ratio));
    game.canvas.style.width = `${clientWidth}px`;
    game.canvas.style.height = `${clientHeight}px`;
    // Where the pointer is, it asks the canvas.
    game.scale.refresh();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(parent);
  game.events.once('destroy', () => observer.disconnect());
}
