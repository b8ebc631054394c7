import Phaser from 'phaser';
import { sendKey } from './phaser-internals';

/** A key as Phaser calls it, such as `SPACE`, `LEFT` or `A`. */
export type KeyName = keyof typeof Phaser.Input.Keyboard.KeyCodes;

/** All keys that Phaser knows. */
export const keyNames = Object.keys(Phaser.Input.Keyboard.KeyCodes) as readonly KeyName[];

/** The keys that an agent holds down: the game hears of each when it goes down and when it comes up, as from a person. */
export class HeldKeys {
  private readonly game: Phaser.Game;
  private readonly nowMs: () => number;
  private readonly down = new Set<KeyName>();

  /** @param nowMs the game's own time, which key events are stamped with. */
  constructor(game: Phaser.Game, nowMs: () => number) {
    this.game = game;
    this.nowMs = nowMs;
  }

  /** Holds these, and no others. */
  hold(names: readonly KeyName[]): void {
    for (const name of this.down) {
      if (names.includes(name)) continue;
      this.down.delete(name);
      this.send('keyup', name);
    }
    for (const name of names) {
      if (this.down.has(name)) continue;
      this.down.add(name);
      this.send('keydown', name);
    }
  }

  private send(type: 'keydown' | 'keyup', name: KeyName): void {
    sendKey(this.game, { type, keyCode: Phaser.Input.Keyboard.KeyCodes[name], timeStamp: this.nowMs() });
  }
}
