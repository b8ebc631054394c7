import { PlaytrainError } from '../../contract';
import type { PlayerSource } from '../../workers/player-source';
import type { RatingClient } from '../../workers/rating-client';
import type { RatingMatch, RatingResult } from '../../workers/rating-host';
import { randomSeed } from './random-seed';

/** Two who are to meet, and what they are called. */
export interface Pairing {
  readonly ids: readonly [string, string];
  readonly names: readonly [string, string];
  /** What they were rated under when they were paired: an id may name somebody else by the time they have played. */
  readonly keys: readonly [string, string];
}

/** What plays the matches. */
export type RatingPlayground = Pick<RatingClient, 'setShare' | 'play' | 'dispose'>;

export interface RoundsOptions {
  readonly game: string;
  readonly pointsToWin: number;
  /** Who should meet next, apart from those who are left out; null while there are not two. */
  readonly next: (isLeftOut: (id: string) => boolean) => Pairing | null;
  /** Null for who is not to be had. */
  readonly source: (id: string) => Promise<PlayerSource | null>;
  /** A match began, or none is played any more. */
  readonly playing: (pairing: Pairing | null) => void;
  readonly played: (pairing: Pairing, result: RatingResult) => Promise<void>;
  /** Nothing can be rated any more, for this reason. */
  readonly failed: (error: unknown) => void;
  /** Begins a worker, when the first match is due and after one was lost. */
  readonly open: () => RatingPlayground;
  readonly nowMs: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
}

/** While there is nobody to play, another look follows after this time. */
const idleMs = 3000;
/** Who is not to be had, or cannot play, is left out for so long. */
const leftOutMs = 60_000;
/** After a worker was lost another begins in so long; after so many in a row none does. */
const retryMs = 10_000;
export const mostFailuresInARow = 3;

/** Lets agents play rating matches in the background, one after the other, while a share of a core is left for them. */
export class RatingRounds {
  private readonly options: RoundsOptions;
  private readonly leftOutUntilMs = new Map<string, number>();
  private client: RatingPlayground | null = null;
  private share = 0;
  private failuresInARow = 0;
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
    this.client = null;
  }

  private async play(): Promise<void> {
    this.isPlaying = true;
    while (!this.isOver && this.share > 0) {
      try {
        await this.playOne();
      } catch (error) {
        await this.recover(error);
      }
    }
    this.isPlaying = false;
    this.options.playing(null);
  }

  private async playOne(): Promise<void> {
    const { game, pointsToWin, next, source, playing, played, sleep } = this.options;
    const pairing = next((id) => this.isLeftOut(id));
    if (pairing === null) {
      playing(null);
      return sleep(idleMs);
    }
    const [first, second] = await Promise.all([source(pairing.ids[0]), source(pairing.ids[1])]);
    if (first === null) this.leaveOut(pairing.ids[0]);
    if (second === null) this.leaveOut(pairing.ids[1]);
    if (first === null || second === null || this.isOver) return;
    playing(pairing);
    const match: RatingMatch = { game, players: [first, second], seed: randomSeed(), pointsToWin };
    let result: RatingResult;
    try {
      result = await this.opened().play(match);
    } catch (error) {
      // The worker is well, but one of the two cannot play.
      if (!(error instanceof PlaytrainError) || error.code === 'worker-lost') throw error;
      for (const id of pairing.ids) this.leaveOut(id);
      return;
    }
    this.failuresInARow = 0;
    if (!this.isOver) await played(pairing, result);
  }

  private opened(): RatingPlayground {
    if (this.client === null) {
      this.client = this.options.open();
      this.client.setShare(this.share);
    }
    return this.client;
  }

  /** Waits before there is another worker, or gives up. */
  private async recover(error: unknown): Promise<void> {
    const { playing, failed, sleep } = this.options;
    playing(null);
    if (this.isOver) return;
    this.client?.dispose();
    this.client = null;
    this.failuresInARow += 1;
    if (this.failuresInARow < mostFailuresInARow) return sleep(retryMs);
    this.dispose();
    failed(error);
  }

  private leaveOut(id: string): void {
    this.leftOutUntilMs.set(id, this.options.nowMs() + leftOutMs);
  }

  private isLeftOut(id: string): boolean {
    return this.options.nowMs() < (this.leftOutUntilMs.get(id) ?? Number.NEGATIVE_INFINITY);
  }
}
