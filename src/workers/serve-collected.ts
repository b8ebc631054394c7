import { expose } from 'comlink';
import { type CollectedGame, CollectorHost } from './collector-host';
import type { CollectorService, CollectorStart, LearnerToCollector } from './protocol';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import { createYield } from './yield';

/** Makes a worker a collector. @param open sets its share of a run's arenas up, of whatever kind of game. */
export function serveCollected(open: (start: CollectorStart) => Promise<CollectedGame>): void {
  let host: CollectorHost | null = null;
  const service: CollectorService = {
    ...serveLiveness(),
    begin: (start, learnerPort) =>
      orRefusal(async () => {
        const collector = new CollectorHost(await open(start), start, learnerPort, () => performance.now());
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
