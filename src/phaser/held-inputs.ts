import type Phaser from 'phaser';
import { HeldKeys, type KeyName } from './held-keys';
import { HeldPointer, type Pointed } from './held-pointer';

/** What agents do with a game's own input devices, step by step: what they do not do again, they let go of. */
export class HeldInputs {
  private readonly keys: HeldKeys;
  private readonly pointer: HeldPointer;
  private pressed: KeyName[] = [];
  private pointed: Pointed | null = null;

  /** @param nowMs the game's own time, which events are stamped with. */
  constructor(game: Phaser.Game, nowMs: () => number) {
    this.keys = new HeldKeys(game, nowMs);
    this.pointer = new HeldPointer(game, nowMs);
  }

  /** Holds these keys too, in the step to come. */
  readonly press = (names: readonly KeyName[]): void => {
    this.pressed.push(...names);
  };

  /** Has the pointer there, in the step to come. */
  readonly point = (pointed: Pointed): void => {
    this.pointed = pointed;
  };

  /** Passes on to the game what is held since the last call. */
  hold(): void {
    this.keys.hold(this.pressed);
    if (this.pointed !== null) this.pointer.hold(this.pointed);
    this.pressed = [];
    this.pointed = null;
  }

  /** Lets go of everything. */
  release(): void {
    this.pressed = [];
    this.pointed = null;
    this.keys.hold([]);
    this.pointer.release();
  }
}
