import { isPerson, type MatchSetup } from '../../contract';
import type { CountedMatch } from '../../match/counting';
import type { CourtState } from '../../ui/matches/play-state';
import { toldState } from './court-state';
import type { LearnerOnCourt } from './learner-on-court';
import type { MatchCount } from './match-count';
import type { OnCourt } from './on-court';

/** What was put on the court, besides the match itself. */
export interface CourtOptions {
  readonly session: OnCourt;
  readonly setup: MatchSetup;
  readonly seed: number;
  /** How it counts for ratings; null for a replay, which counts for nothing. */
  readonly count: MatchCount | null;
  /** The agent in training, where it plays. */
  readonly learner: LearnerOnCourt | null;
  /** True for a replay that is among the kept ones. */
  readonly kept?: boolean;
}

/** A match or a replay on the court, with everything that the page shows around it. */
export class Court {
  readonly session: OnCourt;
  readonly setup: MatchSetup;
  private readonly options: CourtOptions;
  private hasEnded = false;
  private told: CourtState | null = null;
  ratingChange: CourtState['ratingChange'] = null;
  kept: boolean;

  constructor(options: CourtOptions) {
    this.options = options;
    this.session = options.session;
    this.setup = options.setup;
    this.kept = options.kept ?? false;
  }

  get kind(): CourtState['kind'] {
    return this.options.count === null ? 'replay' : 'match';
  }

  /** How it counts for ratings as it stands, over or left; null where it does not, or has been counted before. */
  count(): CountedMatch | null {
    return this.options.count?.take(this.session.view) ?? null;
  }

  /** How it would count if it were left now; null where it would not. */
  standing(): CountedMatch | null {
    return this.options.count?.standing(this.session.view) ?? null;
  }

  /** True while somebody has their hands on it. */
  get hasPerson(): boolean {
    return this.kind === 'match' && this.setup.seats.some(isPerson);
  }

  get isOver(): boolean {
    return this.session.view.phase === 'over';
  }

  /** A frame is about to be drawn. @returns whether the match ended since the last. Throws what a replay does. */
  frame(nowMs: number): boolean {
    this.options.count?.playedAt(this.session.speed);
    this.session.frame(nowMs);
    if (this.hasEnded || !this.isOver) return false;
    this.hasEnded = true;
    return true;
  }

  /** A new version of the agent in training acts. */
  takeOver(version: number): void {
    if (!this.isOver) this.options.learner?.takeOver(version);
  }

  /** What the page shows; the same object while that stays the same. */
  state(): CourtState {
    const { session, kind, setup, ratingChange, kept } = this;
    const { seed, learner } = this.options;
    const { view, paused, speed, position = null } = session;
    this.told = toldState(
      {
        kind,
        view,
        setup,
        seed,
        paused,
        speed,
        version: learner?.version ?? null,
        takeovers: learner?.takeovers ?? 0,
        learning: learner?.isLearning === true && !this.isOver,
        ratingChange,
        kept,
        replay: position,
      },
      this.told,
    );
    return this.told;
  }
}
