import { controllers, loadModule, PlaytrainError, type Stage } from '../../contract';
import { SeededSimulation, type SeededWorlds } from '../../game/engine/seeded-worlds';
import { loadScene } from '../../game/load-scene';
import { thenAndNowTexts } from '../../texts/then-and-now';
import type { StageOptions } from '../game-stage';
import type { LiveGame, PageGames, SimulatedGame } from '../games/page-game';
import type { Round } from './round';

/** A game once more, in a place of its own. */
export interface SidePicture {
  readonly worlds: SeededWorlds;
  /** Shows what a round comes to. @param blend how far the moment lies between its last two ticks. */
  show(round: Round, blend: () => number): Promise<void>;
  /** Whether the next tick is the last of a frame. */
  draws(on: boolean): void;
  end(): void;
}

type Looks = Pick<StageOptions, 'theme' | 'reducedMotion'>;

/** @throws PlaytrainError where the game cannot be drawn a second time. */
export async function simulatedPicture(
  place: HTMLElement,
  { spec, simulation }: SimulatedGame,
  looks: Looks,
): Promise<SidePicture> {
  const [{ mountGame }, createScene] = await Promise.all([
    loadModule('The game engine', () => import('../../game/scenes/mount')),
    loadScene(spec.game),
  ]);
  const worlds = new SeededSimulation(simulation);
  const arena = document.createElement('div');
  arena.className = 'beside-arena';
  place.append(arena);
  let end = () => {};
  return {
    worlds,
    draws: () => {},
    end: () => {
      end();
      arena.remove();
    },
    show: async (round, blend) => {
      const mounted = mountGame(arena, createScene, stageOf(worlds, round, blend, looks));
      end = () => mounted.destroy();
      await mounted.drawn();
    },
  };
}

/** @throws PlaytrainError where the game cannot be begun a second time. */
export async function livePicture(
  place: HTMLElement,
  { spec, about }: LiveGame,
  { again }: Pick<PageGames, 'again'>,
): Promise<SidePicture> {
  if (again === undefined) throw new PlaytrainError('not-loaded', thenAndNowTexts.notTwice(about.title));
  const { worlds, end } = await again(spec.game, place);
  return {
    worlds,
    draws: (on) => {
      worlds.draws = on;
    },
    end,
    show: async () => {},
  };
}

function stageOf(
  { state, previousState, spec }: SeededSimulation,
  round: Round,
  blend: () => number,
  looks: Looks,
): Stage {
  const episodeTicks = new Int32Array(1);
  return {
    arenas: 1,
    stateSize: state.length,
    states: state,
    previousStates: previousState,
    actions: round.inForce,
    get episodeTicks() {
      episodeTicks[0] = round.ticks;
      return episodeTicks;
    },
    blend: () => (round.isOver ? 1 : blend()),
    focusedArena: () => 0,
    focus: () => {},
    controller: () => (spec.seats === 2 ? controllers.cast : controllers.frozen),
    takeEndings: () => [],
    cuts: () => round.begun,
    captions: () => false,
    ...looks,
  };
}
