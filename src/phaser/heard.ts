import type Phaser from 'phaser';
import { listenToKeys } from './phaser-internals';

const typedInto =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea, [contenteditable]';

/** Nobody's keys reach the game: they are the page's. What an agent presses it hears in any case, and buttons of its own can be clicked. */
export function hearNobody(game: Phaser.Game): void {
  listenToKeys(game, false);
}

/** A person's keys reach the game, but for what is typed into the page. @returns what ends it. */
export function hearPerson(game: Phaser.Game): () => void {
  const follow = () => listenToKeys(game, document.activeElement?.matches(typedInto) !== true);
  const leave = () => queueMicrotask(follow);
  follow();
  document.addEventListener('focusin', follow);
  document.addEventListener('focusout', leave);
  return () => {
    document.removeEventListener('focusin', follow);
    document.removeEventListener('focusout', leave);
    hearNobody(game);
  };
}
