import { type PlayedByLot, playedByLot } from '../played-by-lot';
import { driver } from './driver.agent';
import { racerConfig } from './racer';

/** Drives all cars by lot, mostly ahead, for so many steps. */
export function trajectory(steps: number): Promise<PlayedByLot> {
  return playedByLot(racerConfig, driver, steps, (random) => 1.2 * random.uniform() - 0.4);
}
