import type { LiveOrigin } from 'playtrain/phaser/twin';
import { type PlayedByLot, playedByLot } from '../played-by-lot';
import { duelConfig } from './duel';
import { duelist } from './duel.agent';

/** Two who fight by lot for so many steps, the same way each time that it is called, wherever that is. */
export function trajectory(steps: number, origin?: LiveOrigin): Promise<PlayedByLot> {
  return playedByLot(
    duelConfig,
    duelist,
    steps,
    (random, index) => Math.floor((index % 3 === 2 ? 2 : 3) * random.uniform()),
    origin,
  );
}
