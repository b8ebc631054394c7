import type { LiveOrigin } from 'playtrain/phaser/twin';
import { type PlayedByLot, playedByLot } from '../played-by-lot';
import { fox } from './fox.agent';
import { runnerConfig } from './runner';

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

/** One number for all that was seen, to the bit. */
export function hashOf({ seen }: Pick<PlayedByLot, 'seen'>): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(Float32Array.from(seen).buffer)) {
    hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  }
  return hash;
}
