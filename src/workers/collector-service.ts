import { type CollectedGame, CollectorHost } from './collector-host';
import type { CollectorService, CollectorStart, LearnerToCollector, LivingService } from './protocol';
import { orRefusal } from './refusal';

/**
 * What a page may ask of a collector, wherever that is.
 *
 * @param open sets its share of a run's arenas up, of whatever kind of game. @param play has it play.
 */
export function collectorService(
  open: (start: CollectorStart) => Promise<CollectedGame>,
  play: (host: CollectorHost) => void,
  living: LivingService,
): CollectorService {
  let host: CollectorHost | null = null;
  return {
    ...living,
    begin: (start, learnerPort) =>
      orRefusal(async () => {
        const collector = new CollectorHost(await open(start), start, learnerPort, () => performance.now());
        host = collector;
        learnerPort.onmessage = ({ data }: MessageEvent<LearnerToCollector>) => collector.hear(data);
        play(collector);
        return null;
      }),
    async setRunning(on) {
      host?.setRunning(on);
    },
    async setLockstep(on) {
      host?.setLockstep(on);
    },
  };
}
