import type Phaser from 'phaser';
import type { SeededLive } from '../../../phaser/seeded-live';

/** A copy of a live game in a frame. */
export interface FramedGame {
  readonly worlds: SeededLive<Phaser.Scene>;
  /** Gives its graphics context back: browsers keep few. */
  readonly end: () => void;
}

/** What can be asked of a frame's page. */
export interface FrameDoor {
  /**
   * Starts a live game of the page’s there, which stands still until it is stepped from outside.
   *
   * @throws Error of the frame’s own realm.
   */
  open(game: string): Promise<FramedGame>;
}

declare global {
  interface Window {
    /** Of a frame's page, once it is there. */
    playtrainFrame?: FrameDoor;
  }
}
