import { PlaytrainError, type Simulation } from '../contract';
import { serveCollected } from './serve-collected';
import { simulatedGame } from './simulated-game';
import { findSimulation, type SimulationSource } from './simulation-source';

/**
 * Makes a worker a collector for the games that it knows, by their rules or by where to fetch them. All that the worker's file of a game of your own has to do:
 *
 * ```ts
 * import { serveCollector } from 'playtrain';
 * import { catchBall } from './catch';
 * serveCollector(catchBall);
 * ```
 */
export function serveCollector(...known: readonly (Simulation | SimulationSource)[]): void {
  serveCollected(async (start) => {
    const { game } = start.spec;
    const simulation = await findSimulation(known, game);
    if (simulation === undefined) {
      throw new PlaytrainError(
        'bad-environment',
        `The collectors’ worker does not know the game “${game}”; name it in serveCollector, or set collectors to none.`,
      );
    }
    return simulatedGame(simulation, start);
  });
}
