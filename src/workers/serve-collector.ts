import { expose } from 'comlink';
import { PlaytrainError, type Simulation } from '../contract';
import { CollectorHost } from './collector-host';
import type { CollectorService, LearnerToCollector } from './protocol';
import { orRefusal } from './refusal';
import { holdLivenessLock } from './liveness-lock';
import { createYield } from './yield';

/**
 * Makes a worker a collector for one of `simulations`. All that the worker's file of a game of your own has to do:
 *
 * ```ts
 * import { serveCollector } from 'playtrain';
 * import { catchBall } from './catch';
 * serveCollector(catchBall);
 * ```
 */
export function serveCollector(...simulations: readonly Simulation[]): void {
  const livenessLock = holdLivenessLock();
  let host: CollectorHost | null = null;
  const service: CollectorService = {
    ping: () => livenessLock,
    begin: (start, learnerPort) =>
      orRefusal(() => {
        const { game } = start.spec;
        const simulation = simulations.find((each) => each.game === game);
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
