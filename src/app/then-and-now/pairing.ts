import type { ScriptedPlayer } from '../../contract';
import { FixedClock } from '../../game/engine/clock';
import { Round } from './round';
import type { SidePicture } from './side-picture';

/** So long what is over is looked at, before both begin anew. */
const restMs = 1_500;
/** More is not caught up, so that a page that slept does not race. */
const mostTicksAFrame = 6;

export type Two<Each> = readonly [Each, Each];

export interface PairingRules {
  readonly pictures: Two<SidePicture>;
  readonly weights: readonly number[];
  readonly opponents: Two<ScriptedPlayer | null>;
  /** Where both begin first. */
  readonly seed: number;
}

/**
 * Two policies, each in a copy of the game of its own, that begin from the same seed and play in step. Where both are over
 * they begin anew from the next.
 */
export class Pairing {
  readonly rounds: Two<Round>;
  isRunning = true;
  /** What each came to in the rounds that are over. */
  readonly results: Two<number[]> = [[], []];
  private readonly pictures: Two<SidePicture>;
  private readonly clock: FixedClock;
  private present: number;
  private lastMs: number | null = null;
  private overSinceMs: number | null = null;

  constructor({ pictures, weights, opponents, seed }: PairingRules) {
    const roundOf = (side: 0 | 1) => new Round(pictures[side].worlds, { weights, opponent: opponents[side] });
    this.pictures = pictures;
    this.rounds = [roundOf(0), roundOf(1)];
    const { tickMs } = pictures[0].worlds.spec;
    this.clock = new FixedClock({ tickMs, maximumCatchUpTicks: mostTicksAFrame });
    this.present = seed;
  }

  /** Where the present round began. */
  get seed(): number {
    return this.present;
  }

  /** Shows both, as they begin. Resolves once they are seen. */
  async show(): Promise<void> {
    this.beginFrom(this.present);
    const blend = () => this.clock.blend();
    await Promise.all(this.pictures.map((picture, side) => picture.show(this.rounds[side as 0 | 1], blend)));
  }

  /** Both begin from that seed; what was before does not count any more. */
  beginFrom(seed: number): void {
    this.present = seed;
    for (const results of this.results) results.length = 0;
    this.begin();
  }

  /** A frame is about to be drawn. Throws what a game throws. */
  frame(nowMs: number): void {
    const elapsedMs = this.lastMs === null ? 0 : nowMs - this.lastMs;
    this.lastMs = nowMs;
    if (!this.isRunning) return;
    if (this.rounds.every(({ isOver }) => isOver)) {
      this.rest(nowMs);
      return;
    }
    const due = this.clock.advance(elapsedMs);
    for (let count = 1; count <= due; count++) {
      for (const picture of this.pictures) picture.draws(count === due);
      for (const round of this.rounds) round.tick();
    }
  }

  end(): void {
    for (const picture of this.pictures) picture.end();
  }

  private rest(nowMs: number): void {
    if (this.overSinceMs === null) {
      this.overSinceMs = nowMs;
      for (const [side, round] of this.rounds.entries()) this.results[side]?.push(round.score);
    } else if (nowMs - this.overSinceMs >= restMs) {
      this.present += 1;
      this.begin();
    }
  }

  private begin(): void {
    this.overSinceMs = null;
    this.clock.reset();
    for (const round of this.rounds) round.begin(this.present);
  }
}
