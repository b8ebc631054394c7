import type { PlayerSource } from '../../workers/player-source';
import { RatingClient } from '../../workers/rating-client';
import type { RatingMatch, RatingResult } from '../../workers/rating-host';
import { randomSeed } from './random-seed';

/** Two who are to meet, and what they are called. */
export interface Pairing {
  readonly ids: readonly [string, string];
  readonly names: readonly [string, string];
}

export interface RoundsOptions {
  readonly game: string;
  readonly pointsToWin: number;
  /** Who should meet next; null while there are not two. */
  readonly next: () => Pairing | null;
  /** Null for whom there is no more. */
  readonly source: (id: string) => Promise<PlayerSource | null>;
  /** A match began, or none is played any more. */
  readonly playing: (pairing: Pairing | null) => void;
  readonly played: (pairing: Pairing, result: RatingResult) => Promise<void>;
  /** Nothing can be rated any more, for this reason. */
  readonly failed: (error: unknown) => void;
}

/** While there is nobody to play, another look follows after this time. */
const idleMs = 3000;

/** Lets agents play rating matches in the background, one after the other, while a share of a core is left for them. */
export class RatingRounds {
  private readonly options: RoundsOptions;
  private client: RatingClient | null = null;
  private share = 0;
  private isOver = false;
  private isPlaying = false;

  constructor(options: RoundsOptions) {
    this.options = options;
  }

  /** @param share of a core; 0 stops in mid-match until there is more. */
  setShare(share: number): void {
    if (this.isOver || share === this.share) return;
    this.share = share;
    this.client?.setShare(share);
    if (share > 0 && !this.isPlaying) void this.play();
  }

  dispose(): void {
    this.isOver = true;
    this.client?.dispose();
  }

  private async play(): Promise<void> {
    this.isPlaying = true;
    try {
      while (!this.isOver && this.share > 0) await this.playOne();
    } catch (error) {
      if (this.isOver) return;
      this.dispose();
      this.options.failed(error);
    } finally {
      this.isPlaying = false;
      if (!this.isOver) this.options.playing(null);
    }
  }

  private async playOne(): Promise<void> {
    const { game, pointsToWin, next, source, playing, played } = this.options;
    const pairing = next();
    const players = pairing === null ? [] : await Promise.all(pairing.ids.map(source));
    const [first = null, second = null] = players;
    if (pairing === null || first === null || second === null) {
      playing(null);
      await new Promise((resolve) => setTimeout(resolve, idleMs));
      return;
    }
    playing(pairing);
    if (this.client === null) {
      this.client = new RatingClient();
      this.client.setShare(this.share);
    }
    const match: RatingMatch = { game, players: [first, second], seed: randomSeed(), pointsToWin };
    const result = await this.client.play(match);
    if (!this.isOver) await played(pairing, result);
  }
}
