import Phaser from 'phaser';
import type { Surroundings } from './ambience';
import { moveCameras } from './phaser-internals';
import { stepMs } from './step-length';

/** Moves a game by hand, a sixtieth of a second at a time, under its own time and chance. */
export class GameStepper {
  readonly game: Phaser.Game;
  /** Whether a step draws as well: of a game that is seen, the last of a frame. */
  draws = false;
  private readonly surroundings: Surroundings;
  private startMs: number;
  /** Which the game has made: all games of a realm look for theirs in the same place. */
  private readonly drawing = Phaser.Math.RND;
  private steps = 0;

  /**
   * @param game the newest of its realm, which only this moves from now on. @param startMs the time that it has come to.
   */
  constructor(game: Phaser.Game, surroundings: Surroundings, startMs = 0) {
    this.game = game;
    this.surroundings = surroundings;
    this.startMs = startMs;
  }

  /** The game's own time, in milliseconds. */
  get nowMs(): number {
    return this.startMs + this.steps * stepMs;
  }

  /** Lets the game's own time go on from there. */
  goTo(nowMs: number): void {
    this.startMs = nowMs;
    this.steps = 0;
  }

  /** One step of all scenes. Throws what the game throws. */
  step(): void {
    this.steps += 1;
    this.within(() => {
      const { game, nowMs } = this;
      this.surroundings.runTimers();
      // Keys ask the loop how long they have been down.
      game.loop.time = nowMs;
      game.loop.now = nowMs;
      if (this.draws) return game.step(nowMs, stepMs);
      game.headlessStep(nowMs, stepMs);
      this.moveCameras();
    });
  }

  /** Puts all cameras where they look, as drawing would. */
  moveCameras(): void {
    for (const scene of this.game.scene.getScenes(true)) moveCameras(scene);
  }

  /** Lets the game go on with promises that it waits for; to be awaited between two steps. */
  settle(): Promise<void> {
    return this.surroundings.settle();
  }

  /** Does something to the game between two steps, under its own time and chance. */
  within<Result>(task: () => Result): Result {
    Phaser.Math.RND = this.drawing;
    return this.surroundings.run(this.nowMs, task);
  }
}
