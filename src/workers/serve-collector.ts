import { expose } from 'comlink';
import { PlaytrainError, type Simulation } from '../contract';
import { CollectorHost } from './collector-host';
import type { CollectorService, LearnerToCollector } from './protocol';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import { findSimulation, type SimulationSource } from './simulation-source';
import { createYield } from './yield';

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
  let host: CollectorHost | null = null;
  const service: CollectorService = {
    ...serveLiveness(),
    begin: (start, learnerPort) =>
      orRefusal(async () => {
        const { game } = start.spec;
        const simulation = await findSimulation(known, game);
        if (simulation === undefined) {
          throw new PlaytrainError(
            'bad-environment',
            `The collectors’ worker does not know the game “${game}”; name it in serveCollector, or set collectors to none.`,
          );
        }
        const collector = new CollectorHost(simulation, start, learnerPort, () => performance.now());
        host = collector;
        learnerPort.onmessage = ({ data }: MessageEvent<LearnerToCollector>) => collector.hear(data);
        // As an uncaught error it reaches the page, which a rejected promise does not.
        collector.play(createYield()).catch(reportError);
        return null;
      }),
    async setRunning(on) {
      host?.setRunning(on);
    },
    async setLockstep(on) {
      host?.setLockstep(on);
    },
  };
  expose(service);
}
