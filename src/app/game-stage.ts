import { type Controller, controllers, type Stage } from '../contract';
import type { Driver } from '../game/engine/driver';
import type { Arenas } from './runs/arenas';

/** What the page decides about how a scene looks and what it may ask for. */
export interface StageOptions {
  focusedArena(): number;
  focus(arena: number): void;
  theme(): 'dark' | 'light';
  reducedMotion(): boolean;
  /** How much larger letters are than usual; 1 without it. */
  typeScale?(): number;
}

/** How everything is drawn. */
export type StageLooks = Pick<StageOptions, 'theme' | 'reducedMotion' | 'typeScale'>;

/** The scene's view of a session's arenas. */
export function createStage(arenas: Pick<Arenas, 'driver' | 'takeEndings'>, options: StageOptions): Stage {
  const { driver } = arenas;
  const { environment } = driver;
  return {
    arenas: environment.arenas,
    stateSize: environment.stateSize,
    states: environment.states,
    previousStates: environment.previousStates,
    actions: environment.actions,
    episodeTicks: environment.episodeTicks,
    blend: () => driver.blend(),
    focusedArena: () => options.focusedArena(),
    focus: (arena) => options.focus(arena),
    controller: (arena) => controllerOf(driver, arena),
    takeEndings: () => arenas.takeEndings(),
    theme: () => options.theme(),
    reducedMotion: () => options.reducedMotion(),
    typeScale: () => options.typeScale?.() ?? 1,
  };
}

/** Who plays an arena: where agents meet, whoever is not the learner. */
function controllerOf(driver: Driver, arena: number): Controller {
  const { agents, arenas } = driver.environment;
  const seats = agents / arenas;
  for (let agent = arena * seats; agent < (arena + 1) * seats; agent++) {
    const controller = driver.controller(agent);
    if (controller !== controllers.cast) return controller;
  }
  return controllers.cast;
}
