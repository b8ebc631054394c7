import Phaser from 'phaser';
import type { Ambience } from './ambience';
import { moveCameras } from './phaser-internals';
import { stepMs } from './step-length';

/** Moves a game by hand, a sixtieth of a second at a time, under its own time and chance. */
export class GameStepper {
  readonly game: Phaser.Game;
  private readonly ambience: Ambience;
  /** Which the game has made: all games of a realm look for theirs in the same place. */
  private readonly drawing = Phaser.Math.RND;
  private steps = 0;

  /** @param game the newest of its realm. It is stopped: from now on only this moves it. */
  constructor(game: Phaser.Game, ambience: Ambience) {
    this.game = game;
    this.ambience = ambience;
    game.loop.stop();
  }

  /** Virtual time since the game began, in milliseconds. */
  get nowMs(): number {
    return this.steps * stepMs;
  }

  /** One step of all scenes. Throws what the game throws. */
  step(): void {
    this.steps += 1;
    this.within(() => {
      const { game, nowMs } = this;
      this.ambience.runTimers();
      // Keys ask the loop how long they have been down.
      game.loop.time = nowMs;
      game.loop.now = nowMs;
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
    return this.ambience.settle();
  }

  /** Does something to the game between two steps, under its own time and chance. */
  within<Result>(task: () => Result): Result {
    Phaser.Math.RND = this.drawing;
    return this.ambience.run(this.nowMs, task);
  }
}
