import type Phaser from 'phaser';
import { Pacer } from './pacer';
import { replaceLoop } from './phaser-internals';
import type { SeenAgent } from './seen-agent';
import { stepMs } from './step-length';

/**
 * Moves the game by steps of a sixtieth of a second, the last of each frame drawn.
 *
 * @param mayStep whether it goes on at the moment. @returns what leaves it to itself.
 */
export function paced(
  game: Phaser.Game,
  agent: Pick<SeenAgent<Phaser.Scene>, 'beforeStep' | 'afterStep'>,
  mayStep: () => boolean = () => true,
): () => void {
  const pacer = new Pacer();
  let nowMs = game.loop.time;
  return replaceLoop(game, (frameMs) => {
    const due = pacer.stepsDue(frameMs);
    for (let step = 1; step <= due && mayStep(); step++) {
      nowMs += stepMs;
      agent.beforeStep();
      if (step < due) game.headlessStep(nowMs, stepMs);
      else game.step(nowMs, stepMs);
      agent.afterStep();
    }
  });
}
