import type { LiveOrigin } from 'playtrain/phaser/twin';
import { type PlayedByLot, playedByLot } from '../played-by-lot';
import { fox } from './fox.agent';
import { runnerConfig } from './runner';

export { hashOf } from '../played-by-lot';

/** From no action to the last; what is here more than once is done more often. */
const lots = [0, 1, 1, 1, 2, 2, 2, 3, 4];

/** Runs by lot, mostly to the right, for so many steps. */
export function trajectory(steps: number, origin?: LiveOrigin): Promise<PlayedByLot> {
  return playedByLot(
    runnerConfig,
    fox,
    steps,
    (random) => lots[Math.floor(lots.length * random.uniform())]!,
    origin,
  );
}
