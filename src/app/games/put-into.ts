import type { VisibleGame } from '../../phaser/visible-game';

/** Shows a live game in `place`, whose size it follows. @returns what puts it out of sight. */
export function putInto(place: HTMLElement, { game, element }: VisibleGame): () => void {
  // It has a place of its own on the page.
  if (element === null) return () => {};
  element.classList.remove('is-waiting');
  place.append(element);
  const follow = new ResizeObserver(() => {
    game.scale.getParentBounds();
    game.scale.refresh();
  });
  follow.observe(element);
  return () => {
    follow.disconnect();
    element.classList.add('is-waiting');
    document.body.append(element);
  };
}
