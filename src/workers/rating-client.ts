import type { MatchRecord } from '../match/record';
import type { LivingService } from './protocol';
import type { RatingMatch, RatingResult } from './rating-host';
import { granted, type Refusal } from './refusal';
import { WorkerHandle } from './worker-handle';

/** What the page may ask of the rating worker. */
export interface RatingService extends LivingService {
  /** The share of a core that matches may take; at 0, where it begins, they stand still. */
  setShare(share: number): Promise<void>;
  play(match: RatingMatch): Promise<RatingResult | Refusal>;
  /** @returns null, or why the record does not lead where it says. */
  verify(record: MatchRecord): Promise<Refusal | null>;
}

/** The page's side of a worker that plays matches nobody watches, one at a time. */
export class RatingClient {
  private readonly worker: WorkerHandle<RatingService>;

  /** @param make makes a worker whose file calls `serveRating`. */
  constructor(make: (name: string) => Worker) {
    this.worker = new WorkerHandle<RatingService>({ role: 'rating worker', make, lost: () => {} });
  }

  setShare(share: number): void {
    this.worker.call((rating) => rating.setShare(share)).catch(() => {});
  }

  /** @throws PlaytrainError when a player cannot play, or the worker is gone. */
  async play(match: RatingMatch): Promise<RatingResult> {
    return granted(await this.worker.call((rating) => rating.play(match)));
  }

  /**
   * Plays a recorded match again, so that the page need not.
   *
   * @throws PlaytrainError where it does not lead where it says, or the worker is gone.
   */
  async verify(record: MatchRecord): Promise<void> {
    granted(await this.worker.call((rating) => rating.verify(record)));
  }

  /** Ends the worker, and with it a match under way. */
  dispose(): void {
    this.worker.close();
  }
}
