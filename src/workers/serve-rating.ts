import { expose } from 'comlink';
import { PlaytrainError, type Simulation } from '../contract';
import type { RatingService } from './rating-client';
import { RatingHost } from './rating-host';
import type { SimulationSource } from './simulation-source';

/** Makes a worker one that plays matches of the games that it knows which nobody watches. */
export function serveRating(...known: readonly (Simulation | SimulationSource)[]): void {
  const sleep = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
  const host = new RatingHost(known, () => performance.now(), sleep);
  const service: RatingService = {
    async setShare(share) {
      host.setShare(share);
    },
    async play(match) {
      try {
        return await host.play(match);
      } catch (error) {
        if (error instanceof PlaytrainError) return { refused: error.code, message: error.message };
        throw error;
      }
    },
  };
  expose(service);
}
