/** Keeps generators of a second seat apart from those of the first seats of other arenas. */
const seatSeedOffset = 500_009;

/**
 * The seed of one agent's generator. It follows from the arena's place in the run and the seat alone, so that arenas
 * shared out over collectors, each beginning at the seed of its first one, draw what they would draw in one.
 */
export function agentSeed(seed: number, agent: number, seats: number): number {
  const seat = agent % seats;
  return seed + (agent - seat) / seats + seat * seatSeedOffset;
}
