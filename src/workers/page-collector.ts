import { expose } from 'comlink';
import type { CollectedGame, CollectorHost } from './collector-host';
import { collectorService } from './collector-service';
import type { CollectorStart, LivingService } from './protocol';

/** It lives as long as its page. */
const living: LivingService = {
  async ping() {},
  holdsLock: () => Promise.resolve(false),
  pulse: () => Promise.resolve(null),
};

/**
 * What stands where a collector's worker is expected, and gathers in the page's own thread, for a game that cannot leave
 * its page.
 *
 * @param open as for `collectorService`. @param play is given the collector, whose `tick` it calls at each tick of the game.
 */
export function pageCollector(
  open: (start: CollectorStart) => Promise<CollectedGame>,
  play: (host: CollectorHost) => void,
): Worker {
  const { port1, port2 } = new MessageChannel();
  expose(collectorService(open, play, living), port2);
  const terminate = () => {
    port1.close();
    port2.close();
  };
  return Object.assign(port1, { onerror: null, terminate }) as unknown as Worker;
}
