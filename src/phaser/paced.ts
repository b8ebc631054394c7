import type Phaser from 'phaser';
import { drawsInSoftware } from '../contract';
import { Pacer } from './pacer';
import { moveCameras, replaceLoop } from './phaser-internals';
import type { SeenAgent } from './seen-agent';
import { stepMs } from './step-length';

/** Where no graphics processor draws: every second frame of a usual display, whose interval is 16.7 ms. */
const softwareDrawMs = 30;

interface PacedOptions {
  /** Whether the game goes on at the moment. */
  readonly mayStep?: () => boolean;
  /** Told what is thrown in a step. Without it, it stops the game, as it would without an agent. */
  readonly faulted?: (error: unknown) => void;
}

/**
 * Moves the game by steps of a sixtieth of a second, the last of each frame drawn, or of every second frame where no
 * graphics processor draws. Where frames come slower they are taken between two of them, so that the agent's answers come
 * in time for the next. @returns what leaves it to itself.
 */
export function paced(
  game: Phaser.Game,
  agent: Pick<SeenAgent<Phaser.Scene>, 'beforeStep' | 'afterStep'>,
  { mayStep = () => true, faulted }: PacedOptions = {},
): () => void {
  const pacer = new Pacer();
  let nowMs = game.loop.time;
  const step = (isDrawn: boolean) => {
    nowMs += stepMs;
    // Of two events of a key with one and the same time Phaser drops the second.
    game.loop.time = nowMs;
    agent.beforeStep();
    if (isDrawn) game.step(nowMs, stepMs);
    else {
      game.headlessStep(nowMs, stepMs);
      // Drawing would do so: they follow by a share of the way at each step.
      for (const scene of game.scene.getScenes(true)) moveCameras(scene);
    }
    agent.afterStep();
  };
  const take = (due: number, isDrawn: boolean) => {
    for (let count = 1; count <= due && mayStep(); count++) {
      try {
        step(isDrawn && count === due);
      } catch (error) {
        if (faulted === undefined) throw error;
        faulted(error);
      }
    }
  };
  const drawMs = drawsInSoftware(game.renderer) ? softwareDrawMs : 0;
  let drawnMs = Number.NEGATIVE_INFINITY;
  const leave = replaceLoop(game, (frameMs) => {
    const due = pacer.stepsDue(frameMs);
    const isDrawn = due > 0 && frameMs - drawnMs >= drawMs;
    if (isDrawn) drawnMs = frameMs;
    take(due, isDrawn);
  });
  const beat = setInterval(() => {
    // Nobody sees it: it stands still, as it would by itself.
    if (!document.hidden) take(pacer.stepsDue(performance.now(), 1), false);
  }, stepMs);
  return () => {
    clearInterval(beat);
    leave();
  };
}
