import { actionSize, controllers, type DecisionBatch } from '../../contract';
import { agentsOf } from '../../phaser/agents-of';
import type { VisibleGame } from '../../phaser/visible-game';
import type { Answer } from '../games/page-game';
import { putInto } from '../games/put-into';
import type { Preview } from './preview';

/**
 * Lets a live game go on in `place`, without a sound, under what `answer` says; where nobody says anything, under the last of
 * the scripted players that its agent declares, and at rest where there is none.
 */
export function livePreview(place: HTMLElement, visible: VisibleGame, answer: Answer | null): Preview {
  const { game } = visible;
  const act = answer ?? scriptedAnswer(visible);
  const wasMute = game.sound.mute;
  const hide = putInto(place, visible);
  const seated = visible.seat((question: DecisionBatch) => {
    act?.(question);
    seated.answered(question);
  });
  // None of a run's, whose newest would gather where the game cannot leave its page.
  visible.setPlayer(controllers.frozen);
  visible.gate.isRunning = true;
  game.sound.mute = true;
  return {
    drawn: new Promise((resolve) => game.events.once('postrender', () => resolve())),
    end: () => {
      visible.gate.isRunning = false;
      visible.empty();
      game.sound.mute = wasMute;
      hide();
    },
  };
}

function scriptedAnswer({ game, definition, spec }: VisibleGame): Answer | null {
  const { scripted = {}, does, scene } = definition;
  const play = Object.values(scripted).at(-1);
  if (play === undefined) return null;
  const width = actionSize(spec.actionSpace);
  return ({ actions }) => {
    for (let who = 0; who < agentsOf(definition); who++) {
      does.encode(play(game.scene.getScene(scene), who), actions, who * width);
    }
  };
}
