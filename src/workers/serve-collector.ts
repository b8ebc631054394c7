import { expose } from 'comlink';
import { PlaytrainError, type Simulation } from '../contract';
import { CollectorHost } from './collector-host';
import { holdLivenessLock } from './liveness-lock';
import type { CollectorService, LearnerToCollector } from './protocol';
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
  const livenessLock = holdLivenessLock();
  let host: CollectorHost | null = null;
  const service: CollectorService = {
    ping: () => livenessLock,
    async begin(start, learnerPort) {
      const simulation = await findSimulation(known, start.spec.game);
      if (simulation === undefined) {
        const message = `The collectors’ worker does not know the game “${start.spec.game}”; name it in serveCollector, or set collectors to none.`;
        return { refused: 'bad-environment', message };
      }
      try {
        const begun = new CollectorHost(simulation, start, learnerPort, () => performance.now());
        host = begun;
        learnerPort.onmessage = ({ data }: MessageEvent<LearnerToCollector>) => begun.hear(data);
        // As an uncaught error it reaches the page, which a rejected promise does not.
        begun.play(createYield()).catch(reportError);
        return null;
      } catch (error) {
        if (error instanceof PlaytrainError) return { refused: error.code, message: error.message };
        throw error;
      }
    },
    async setRunning(on) {
      host?.setRunning(on);
    },
    async setLockstep(on) {
      host?.setLockstep(on);
    },
  };
  expose(service);
}
