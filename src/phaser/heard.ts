import type Phaser from 'phaser';
import { listenToKeys } from './phaser-internals';

const typedInto =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea, [contenteditable]';

/** Nobody's keys, mouse and touch reach the game. What an agent presses it hears in any case. */
export function hearNobody(game: Phaser.Game): void {
  listenToKeys(game, false);
  game.canvas.style.pointerEvents = 'none';
}

/** A person's keys reach the game, but for what is typed into the page, and so do mouse and touch. @returns what ends it. */
export function hearPerson(game: Phaser.Game): () => void {
  const follow = () => listenToKeys(game, document.activeElement?.matches(typedInto) !== true);
  const leave = () => queueMicrotask(follow);
  game.canvas.style.pointerEvents = '';
  follow();
  document.addEventListener('focusin', follow);
  document.addEventListener('focusout', leave);
  return () => {
    document.removeEventListener('focusin', follow);
    document.removeEventListener('focusout', leave);
    hearNobody(game);
  };
}
