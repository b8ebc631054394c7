import type Phaser from 'phaser';
import { Pacer } from './pacer';
import { moveCameras, replaceLoop } from './phaser-internals';
import type { SeenAgent } from './seen-agent';
import { stepMs } from './step-length';

interface PacedOptions {
  /** Whether the game goes on at the moment. */
  readonly mayStep?: () => boolean;
  /** Told what is thrown in a step. Without it, it stops the game, as it would without an agent. */
  readonly faulted?: (error: unknown) => void;
}

/** Moves the game by steps of a sixtieth of a second, the last of each frame drawn. @returns what leaves it to itself. */
export function paced(
  game: Phaser.Game,
  agent: Pick<SeenAgent<Phaser.Scene>, 'beforeStep' | 'afterStep'>,
  { mayStep = () => true, faulted }: PacedOptions = {},
): () => void {
  const pacer = new Pacer();
  let nowMs = game.loop.time;
  const step = (isDrawn: boolean) => {
    nowMs += stepMs;
    agent.beforeStep();
    if (isDrawn) game.step(nowMs, stepMs);
    else {
      game.headlessStep(nowMs, stepMs);
      // Drawing would do so: they follow by a share of the way at each step.
      for (const scene of game.scene.getScenes(true)) moveCameras(scene);
    }
    agent.afterStep();
  };
  return replaceLoop(game, (frameMs) => {
    const due = pacer.stepsDue(frameMs);
    for (let count = 1; count <= due && mayStep(); count++) {
      try {
        step(count === due);
      } catch (error) {
        if (faulted === undefined) throw error;
        faulted(error);
      }
    }
  });
}
