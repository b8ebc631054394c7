import { expose } from 'comlink';
import type { CollectedGame } from './collector-host';
import { collectorService } from './collector-service';
import type { CollectorStart } from './protocol';
import { serveLiveness } from './serve-liveness';
import { createYield } from './yield';

/**
 * Makes a worker a collector.
 *
 * @param open sets its share of a run's arenas up, of whatever kind of game. @param more what else it answers.
 */
export function serveCollected(
  open: (start: CollectorStart) => Promise<CollectedGame>,
  more: Readonly<Record<string, (...asked: never[]) => unknown>> = {},
): void {
  const play: Parameters<typeof collectorService>[1] = (host) => {
    // As an uncaught error it reaches the page, which a rejected promise does not.
    host.play(createYield()).catch(reportError);
  };
  expose({ ...more, ...collectorService(open, play, serveLiveness()) });
}
