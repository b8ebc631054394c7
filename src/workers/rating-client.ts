import { type Remote, wrap } from 'comlink';
import { PlaytrainError } from '../contract';
import type { Refusal } from './protocol';
import type { RatingMatch, RatingResult } from './rating-host';

/** What the page may ask of the rating worker, over Comlink. */
export interface RatingService {
  /** The share of a core that matches may take; at 0, where it begins, they stand still. */
  setShare(share: number): Promise<void>;
  play(match: RatingMatch): Promise<RatingResult | Refusal>;
}

/** The page's side of a worker that plays matches nobody watches, one at a time. */
export class RatingClient {
  private readonly worker: Worker;
  private readonly service: Remote<RatingService>;
  private readonly lost: Promise<never>;

  /** @param worker one whose file calls `serveRating`. */
  constructor(worker: Worker) {
    this.worker = worker;
    this.service = wrap<RatingService>(worker);
    this.lost = new Promise<never>((_, reject) => {
      worker.onerror = ({ message }) => {
        const reason = message || 'its script did not load';
        reject(new PlaytrainError('worker-lost', `The worker that plays rating matches stopped: ${reason}.`));
      };
    });
    this.lost.catch(() => {});
  }

  setShare(share: number): void {
    this.service.setShare(share).catch(() => {});
  }

  /** @throws PlaytrainError when a player cannot play, or the worker is gone. */
  async play(match: RatingMatch): Promise<RatingResult> {
    const result = await Promise.race([this.service.play(match), this.lost]);
    if ('refused' in result) throw new PlaytrainError(result.refused, result.message);
    return result;
  }

  /** Ends the worker; a match under way never settles. */
  dispose(): void {
    this.worker.terminate();
  }
}
