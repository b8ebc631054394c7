import { expose } from 'comlink';
import { PlaytrainError, type Simulation } from '../contract';
import type { RatingService } from './rating-client';
import { RatingHost } from './rating-host';

/** Makes a worker one that plays matches of `simulations` which nobody watches. */
export function serveRating(...simulations: readonly Simulation[]): void {
  const sleep = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
  const host = new RatingHost(simulations, () => performance.now(), sleep);
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
