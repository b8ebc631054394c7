import { type Controller, controllers } from '../../contract';
import type { Driver } from '../../game/engine/driver';
import { noInput } from '../../streams/input/person-input';

/** The arena of the run in which people are learned from. */
const arena = 0;

/** The run's first arena while a match is played in it: begun anew, with a person in one seat and the learner in the other. */
export class TakenArena {
  private readonly driver: Driver;
  /** Whose actions counted before, agent by agent. */
  private readonly controllersBefore: readonly Controller[];
  private seenTicks = 0;
  private isGivenBack = false;

  /**
   * Takes it; `giveBack` gives it back.
   *
   * @param seed that the arena begins from.
   * @param ticked is called after each tick of the run, with whether this arena has moved: one that waits for its first
   * action has not.
   */
  constructor(driver: Driver, personSeat: 0 | 1, seed: number, ticked: (hasMoved: boolean) => void) {
    const { environment } = driver;
    this.driver = driver;
    this.controllersBefore = Array.from({ length: environment.agents }, (_, agent) =>
      driver.controller(agent),
    );
    for (let agent = 0; agent < environment.agents; agent++) {
      driver.setController(agent, controllers.cast);
    }
    driver.setController(2 * arena + personSeat, controllers.person);
    driver.setPersonInput(2 * arena + personSeat, noInput);
    environment.restartArena(arena, seed);
    driver.afterTick = () => ticked(this.hasMoved());
  }

  /** In force in one of its seats, `[actionSize]`. */
  action(seat: 0 | 1): Float32Array {
    const { actions, agents } = this.driver.environment;
    const width = actions.length / agents;
    const first = (2 * arena + seat) * width;
    return actions.subarray(first, first + width);
  }

  /** How far between its last two ticks the drawn moment lies. */
  blend(): number {
    return this.driver.blend();
  }

  giveBack(): void {
    if (this.isGivenBack) return;
    this.isGivenBack = true;
    this.driver.afterTick = () => {};
    for (const [agent, before] of this.controllersBefore.entries()) this.driver.setController(agent, before);
  }

  /** No rally ends with its first tick, so that another count of ticks means another tick. */
  private hasMoved(): boolean {
    const ticks = this.driver.environment.episodeTicks[arena] ?? 0;
    const hasMoved = ticks !== this.seenTicks;
    this.seenTicks = ticks;
    return hasMoved;
  }
}
