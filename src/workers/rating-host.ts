import { PlaytrainError, type Simulation } from '../contract';
import { Match } from '../match/match';
import { playSlice } from '../match/play-slice';
import type { MatchRecord } from '../match/record';
import { verifyRecord } from '../match/replay';
import { type PlayerSource, playerFrom } from './player-source';
import { findSimulation, type SimulationSource } from './simulation-source';

/** A match of two players that nobody watches. */
export interface RatingMatch {
  readonly game: string;
  readonly players: readonly [PlayerSource, PlayerSource];
  readonly seed: number;
  readonly pointsToWin: number;
}

export interface RatingResult {
  readonly score: readonly [number, number];
  /** Null for a draw. */
  readonly winner: 0 | 1 | null;
}

/** Work at one go, between two rests. */
const sliceMs = 4;

/** Plays matches in slices with rests between them, so that they take a small share of a core. */
export class RatingHost {
  private readonly known: readonly (Simulation | SimulationSource)[];
  private readonly nowMs: () => number;
  private readonly sleep: (durationMs: number) => Promise<void>;
  private share = 0;
  private wake: () => void = () => {};

  constructor(
    known: readonly (Simulation | SimulationSource)[],
    nowMs: () => number,
    sleep: (durationMs: number) => Promise<void>,
  ) {
    this.known = known;
    this.nowMs = nowMs;
    this.sleep = sleep;
  }

  /** The share of a core that matches may take, 0 to 1; at 0 they stand still. */
  setShare(share: number): void {
    this.share = share;
    this.wake();
  }

  /** Plays a whole match. @throws PlaytrainError when a player cannot play the game. */
  async play({ game, players, seed, pointsToWin }: RatingMatch): Promise<RatingResult> {
    const simulation = await this.find(game);
    const match = new Match({
      simulation,
      seats: [
        { kind: 'player', player: playerFrom(players[0], simulation, 0, seed) },
        { kind: 'player', player: playerFrom(players[1], simulation, 1, seed) },
      ],
      seed,
      pointsToWin,
      countdownTicks: 0,
      pointTicks: 0,
    });
    const ticking = { tick: () => match.tick(), isOver: () => match.isOver };
    while (!match.isOver) {
      await this.untilAllowed();
      const workedMs = playSlice(ticking, sliceMs, this.nowMs);
      if (this.share > 0) await this.sleep(workedMs * (1 / this.share - 1));
    }
    const { score, winner } = match.view;
    return { score, winner };
  }

  /**
   * Plays a recorded match again, at once.
   *
   * @throws PlaytrainError where it does not lead where it says; see `verifyRecord`.
   */
  async verify(record: MatchRecord): Promise<void> {
    verifyRecord(await this.find(record.game), record);
  }

  private async find(game: string): Promise<Simulation> {
    const simulation = await findSimulation(this.known, game);
    if (simulation !== undefined) return simulation;
    throw new PlaytrainError('bad-environment', `Nobody here can play “${game}”.`);
  }

  private async untilAllowed(): Promise<void> {
    while (this.share <= 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
