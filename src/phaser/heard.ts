import Phaser from 'phaser';
import type { KeyName } from './held-keys';
import { listenToAllKeys, listenToKeys } from './phaser-internals';

const typedInto =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea, [contenteditable]';

/** Nobody's keys reach the game: they are the page's. What an agent presses it hears in any case, and buttons of its own can be clicked. */
export function hearNobody(game: Phaser.Game): void {
  listenToKeys(game, null);
}

/** The game hears what it would without an agent. */
export function hearAll(game: Phaser.Game): void {
  listenToAllKeys(game);
}

/**
 * A person's keys reach the game, but for what is typed into the page.
 *
 * @param others keys of those whom the person does not play: these they cannot press. @returns what ends it.
 */
export function hearPerson(game: Phaser.Game, others: readonly KeyName[] = []): () => void {
  const codes = new Set<number>(others.map((name) => Phaser.Input.Keyboard.KeyCodes[name]));
  const isHeard = (keyCode: number) => !codes.has(keyCode);
  const follow = () =>
    listenToKeys(game, document.activeElement?.matches(typedInto) === true ? null : isHeard);
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
