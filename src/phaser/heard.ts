import type Phaser from 'phaser';
import { listenToKeys } from './phaser-internals';

/** Whether the game hears a person's keys, mouse and touch. What an agent presses it hears in any case. */
export function setHeard(game: Phaser.Game, on: boolean): void {
  listenToKeys(game, on);
  game.canvas.style.pointerEvents = on ? '' : 'none';
}
