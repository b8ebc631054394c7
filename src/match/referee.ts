import { type EpisodeEnding, type MatchView, PlaytrainError } from '../contract';
import type { Rallies } from './rallies';

/** Ends a match in which the time limit ends rally after rally. */
const mostRallies = 60;

/** More points than anybody plays to. */
export const mostPointsToWin = 21;
/** The lead with which a match is won, where none is named. */
export const usualLead = 2;

/** How a match is counted and paced. */
export interface MatchRules {
  readonly pointsToWin: number;
  /** A match is won with so many points more than the other has, or with `decidingPoints`; `usualLead` by default. */
  readonly leadToWin?: number;
  /** Nobody wins: it goes on until it is left, for practice. */
  readonly isEndless?: boolean;
  /** Ticks before the first rally; 0 headless. */
  readonly countdownTicks: number;
  /** Ticks for which a rally's last state stays before the next begins; 0 headless. */
  readonly pointTicks: number;
}

/** A match's counting as it stands at a moment, to be gone on from. Plain data. */
export interface RefereeSnapshot {
  readonly points: readonly [number, number];
  readonly countdownLeft: number;
  readonly pauseLeft: number;
  readonly played: number;
  readonly ended: boolean;
  readonly playedOut: boolean;
}

/**
 * Points that win whatever the lead, so that every match ends: one more than twice `pointsToWin`; 15 of 7. Where a
 * lead of one is enough, no more than `pointsToWin` is ever reached.
 */
export function decidingPoints(pointsToWin: number): number {
  return 2 * pointsToWin + 1;
}

/** Counts rallies to a match, and says when one is due. */
export class Referee {
  private readonly rallies: Rallies;
  private readonly rules: MatchRules;
  readonly leadToWin: number;
  private readonly mostRallies: number;
  private readonly points: [number, number] = [0, 0];
  private countdownLeft: number;
  private pauseLeft = 0;
  private played = 0;
  private ended = false;
  /** False also where it was broken off. */
  private playedOut = false;
  private endings: EpisodeEnding[] = [];

  /** @throws PlaytrainError `bad-settings` when nobody could win. */
  constructor(rallies: Rallies, rules: MatchRules) {
    const { pointsToWin, countdownTicks, leadToWin = usualLead, isEndless = false } = rules;
    if (!(Number.isInteger(pointsToWin) && pointsToWin >= 1 && pointsToWin <= mostPointsToWin)) {
      throw new PlaytrainError(
        'bad-settings',
        `A match to ${pointsToWin} points cannot be played; give a whole number of at least 1 and at most ${mostPointsToWin}.`,
      );
    }
    this.rallies = rallies;
    this.rules = rules;
    this.leadToWin = leadToWin;
    this.mostRallies = isEndless ? Number.POSITIVE_INFINITY : Math.max(mostRallies, 4 * pointsToWin);
    this.countdownLeft = countdownTicks;
  }

  get score(): readonly [number, number] {
    return [this.points[0], this.points[1]];
  }

  get phase(): MatchView['phase'] {
    if (this.ended) return 'over';
    if (this.countdownLeft > 0) return 'countdown';
    return this.rallies.rallyIsOver ? 'point' : 'rally';
  }

  get countdownSeconds(): number {
    // Whole milliseconds: three seconds of ticks of a sixtieth are three, not a little more.
    return this.ended ? 0 : Math.round(this.countdownLeft * this.rallies.simulation.tickMs) / 1000;
  }

  /** Who won, once the match was played out; null before, and where it was a draw. */
  get winner(): 0 | 1 | null {
    const [left, right] = this.points;
    if (!this.playedOut || left === right) return null;
    return left > right ? 0 : 1;
  }

  /** Whoever wins the match with the next point. */
  get matchPoint(): MatchView['matchPoint'] {
    const [left, right] = this.points;
    const forLeft = !this.ended && this.isWon(left + 1, right);
    const forRight = !this.ended && this.isWon(right + 1, left);
    if (forLeft && forRight) return 'both';
    return forLeft ? 0 : forRight ? 1 : null;
  }

  /** Whether both are a point short of winning, so that the match goes on until one leads by enough. */
  get isDeuce(): boolean {
    const [left, right] = this.points;
    const isClose = left === right && left >= this.rules.pointsToWin - 1;
    return !this.ended && this.rules.isEndless !== true && isClose && this.matchPoint === null;
  }

  /** A tick of match time begins. @returns whether it is a rally's; else it has passed with nothing moved. */
  rallyTickIsDue(): boolean {
    if (this.ended) return this.rest();
    if (this.countdownLeft > 0) {
      this.countdownLeft--;
      return this.rest();
    }
    if (!this.rallies.rallyIsOver) return true;
    if (this.pauseLeft > 0) {
      this.pauseLeft--;
      return this.rest();
    }
    this.rallies.begin();
    return true;
  }

  /** Counts a rally that has just ended. */
  count(ending: EpisodeEnding): void {
    const winner = this.rallies.winnerOf(ending);
    if (winner !== null) this.points[winner]++;
    this.played++;
    this.pauseLeft = this.rules.pointTicks;
    this.endings.push(ending);
    const [left, right] = this.points;
    this.playedOut = this.isWon(left, right) || this.isWon(right, left) || this.played >= this.mostRallies;
    this.ended ||= this.playedOut;
  }

  /** Ends the match where it stands. */
  end(): void {
    this.ended = true;
  }

  /** Rallies that ended since the last call. */
  takeEndings(): EpisodeEnding[] {
    const taken = this.endings;
    this.endings = [];
    return taken;
  }

  snapshot(): RefereeSnapshot {
    const { score: points, countdownLeft, pauseLeft, played, ended, playedOut } = this;
    return { points, countdownLeft, pauseLeft, played, ended, playedOut };
  }

  /** Goes on from a moment of a match by the same rules. Endings that nobody has taken yet are none any more. */
  restore({ points, countdownLeft, pauseLeft, played, ended, playedOut }: RefereeSnapshot): void {
    [this.points[0], this.points[1]] = points;
    this.countdownLeft = countdownLeft;
    this.pauseLeft = pauseLeft;
    this.played = played;
    this.ended = ended;
    this.playedOut = playedOut;
    this.endings = [];
  }

  private isWon(points: number, others: number): boolean {
    const { pointsToWin, isEndless } = this.rules;
    if (isEndless === true) return false;
    const leads = points >= pointsToWin && points - others >= this.leadToWin;
    return leads || (points > others && points >= decidingPoints(pointsToWin));
  }

  private rest(): false {
    this.rallies.rest();
    return false;
  }
}
