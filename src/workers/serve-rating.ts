import { expose } from 'comlink';
import type { Simulation } from '../contract';
import type { RatingService } from './rating-client';
import { RatingHost } from './rating-host';
import { orRefusal } from './refusal';
import { serveLiveness } from './serve-liveness';
import type { SimulationSource } from './simulation-source';

/** Makes a worker one that plays matches of the games that it knows which nobody watches. */
export function serveRating(...known: readonly (Simulation | SimulationSource)[]): void {
  const sleep = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
  const host = new RatingHost(known, () => performance.now(), sleep);
  const service: RatingService = {
    ...serveLiveness(),
    async setShare(share) {
      host.setShare(share);
    },
    play: (match) => orRefusal(() => host.play(match)),
    verify: (record) =>
      orRefusal(async () => {
        await host.verify(record);
        return null;
      }),
  };
  expose(service);
}
