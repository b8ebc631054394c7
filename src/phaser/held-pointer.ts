import type Phaser from 'phaser';
import { type MouseButton, sendPointer } from './phaser-internals';

/** Where a pointer is, in the game's own coordinates, and which button it holds. */
export interface Pointed {
  readonly x: number;
  readonly y: number;
  readonly button: MouseButton | null;
}

/** The game's own pointer, moved and pressed by an agent: the game hears of what changes, as from a person. */
export class HeldPointer {
  private readonly game: Phaser.Game;
  private readonly nowMs: () => number;
  private now: Pointed | null = null;

  /** @param nowMs the game's own time, which events are stamped with. */
  constructor(game: Phaser.Game, nowMs: () => number) {
    this.game = game;
    this.nowMs = nowMs;
  }

  /** Puts the pointer there, with that button down and no other. */
  hold(next: Pointed): void {
    const { now } = this;
    if (next.x !== now?.x || next.y !== now.y) this.send('move', next, now?.button ?? null);
    if (next.button !== (now?.button ?? null)) {
      if (now?.button) this.send('up', next, now.button);
      if (next.button) this.send('down', next, next.button);
    }
    this.now = next;
  }

  /** Lets go of the button. */
  release(): void {
    if (this.now !== null) this.hold({ ...this.now, button: null });
  }

  private send(type: 'move' | 'down' | 'up', { x, y }: Pointed, button: MouseButton | null): void {
    sendPointer(this.game, { type, x, y, button, timeStamp: this.nowMs() });
  }
}
