import type { Simulation } from '../contract';

/** Fetches the rules of a game by its id; undefined where it knows no such game. */
export type SimulationSource = (game: string) => Promise<Simulation | undefined>;

/** The rules of a game among those that a worker was given: as they are, or where to fetch them. */
export async function findSimulation(
  known: readonly (Simulation | SimulationSource)[],
  game: string,
): Promise<Simulation | undefined> {
  for (const each of known) {
    const simulation = typeof each === 'function' ? await each(game) : each;
    if (simulation?.game === game) return simulation;
  }
  return undefined;
}
