import { controllers, type DecisionBatch } from '../../contract';
import type { VisibleGame } from '../../phaser/visible-game';
import type { Answer } from '../games/page-game';
import { putInto } from '../games/put-into';
import type { Preview } from './preview';

/** Lets a live game go on in `place`, without a sound, under what `answer` says. */
export function livePreview(place: HTMLElement, visible: VisibleGame, answer: Answer | null): Preview {
  const { game } = visible;
  const wasMute = game.sound.mute;
  const hide = putInto(place, visible);
  const seated = visible.seat((question: DecisionBatch) => {
    answer?.(question);
    seated.answered(question);
  });
  visible.setPlayer(controllers.cast);
  visible.isRunning = true;
  game.sound.mute = true;
  return {
    drawn: new Promise((resolve) => game.events.once('postrender', () => resolve())),
    end: () => {
      visible.isRunning = false;
      visible.empty();
      game.sound.mute = wasMute;
      hide();
    },
  };
}
