import { loadModule } from '../../contract';
import { Driver } from '../../game/engine/driver';
import { createVectorEnvironment } from '../../game/engine/vector-environment';
import { loadScene } from '../../game/load-scene';
import { createStage, type StageOptions } from '../game-stage';
import type { Answer, SimulatedGame } from '../games/page-game';
import type { Preview } from './preview';

/** The start that is seen; people see the same one each time. */
const seed = 4;

/**
 * Lets one arena go on in `place`, drawn by the game's own scene, under what `answer` says; at rest where nobody says
 * anything.
 *
 * @throws PlaytrainError `not-loaded`.
 */
export async function simulatedPreview(
  place: HTMLElement,
  { spec, simulation, presets }: SimulatedGame,
  answer: Answer | null,
  looks: Pick<StageOptions, 'theme' | 'reducedMotion'>,
): Promise<Preview> {
  const [{ mountGame }, createScene] = await Promise.all([
    loadModule('The game engine', () => import('../../game/scenes/mount')),
    loadScene(spec.game),
  ]);
  const environment = createVectorEnvironment(simulation, { arenas: 1, seed });
  const driver = new Driver(simulation, environment, presets.fast.decisionIntervalTicks);
  // The answer is there at once, however late the frame.
  driver.whenActionIsLate = 'wait';
  const stage = createStage(
    { driver, takeEndings: () => environment.takeEndings() },
    { ...looks, focusedArena: () => 0, focus: () => {} },
  );
  const arena = document.createElement('span');
  arena.className = 'gallery-arena';
  place.append(arena);
  const mounted = mountedIn(arena, () => mountGame(arena, createScene, { ...stage, captions: () => false }));
  const leave = mounted.onFrame((nowMs) => {
    for (let question = driver.frame(nowMs); question !== null; question = driver.answer(question, nowMs)) {
      answer?.(question);
    }
  });
  return {
    drawn: mounted.drawn(),
    end: () => {
      leave();
      mounted.destroy();
      arena.remove();
    },
  };
}

/** Takes the place away again where nothing can be mounted there. */
function mountedIn<Mounted>(place: HTMLElement, mount: () => Mounted): Mounted {
  try {
    return mount();
  } catch (thrown) {
    place.remove();
    throw thrown;
  }
}
