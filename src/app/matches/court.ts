import { isPerson, type MatchSetup, type MatchView } from '../../contract';
import { type CountedMatch, countedMatch, type MatchPace, type SeatKeys } from '../../match/counting';
import type { CourtState } from '../../ui/matches/play-state';
import type { OnCourt } from './on-court';

/** What was put on the court, besides the match itself. */
export interface CourtOptions {
  readonly session: OnCourt;
  readonly kind: CourtState['kind'];
  readonly setup: MatchSetup;
  readonly seed: number;
  /** What those who meet are rated under. */
  readonly keys: SeatKeys;
  /** Of the agent in training, where it plays. */
  readonly version: number | null;
  /** Whether what happens is learned from at the moment. */
  readonly learning: () => boolean;
}

/** A match or a replay on the court, with everything that the page shows around it. */
export class Court {
  readonly session: OnCourt;
  readonly kind: CourtState['kind'];
  readonly setup: MatchSetup;
  readonly seed: number;
  private readonly keys: SeatKeys;
  private readonly learning: () => boolean;
  private version: number | null;
  private takeovers = 0;
  private pace: MatchPace = 'game';
  private hasEnded = false;
  private hasCounted = false;
  private shown: CourtState | null = null;
  ratingChange: CourtState['ratingChange'] = null;
  kept = false;

  constructor({ session, kind, setup, seed, keys, version, learning }: CourtOptions) {
    this.session = session;
    this.kind = kind;
    this.setup = setup;
    this.seed = seed;
    this.keys = keys;
    this.version = version;
    this.learning = learning;
  }

  /** How it counts for ratings as it stands, over or left; null where it does not, or has been counted before. */
  count(): CountedMatch | null {
    if (this.kind === 'replay' || this.hasCounted) return null;
    this.hasCounted = true;
    return this.standing();
  }

  /** How it would count if it were left now; null where it would not. */
  standing(): CountedMatch | null {
    const { kind, setup, keys, pace } = this;
    return kind === 'replay' ? null : countedMatch({ setup, keys, pace, view: this.session.view });
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
    this.watchPace();
    this.session.frame(nowMs);
    if (this.hasEnded || !this.isOver) return false;
    this.hasEnded = true;
    return true;
  }

  /** Slow is slow, whatever else it was. */
  private watchPace(): void {
    const { speed } = this.session;
    if (speed === '0.5') this.pace = 'slower';
    else if (speed !== '1' && this.pace === 'game') this.pace = 'faster';
  }

  /** A new version of the agent in training acts. */
  takeOver(version: number): void {
    if (this.version === null || this.isOver || !this.learning()) return;
    this.version = version;
    this.takeovers += 1;
  }

  /** What the page shows; the same object while that stays the same. */
  state(): CourtState {
    const { session, kind, setup, seed, version, takeovers, ratingChange, kept } = this;
    const { view, paused, speed } = session;
    const now: CourtState = {
      kind,
      view: { ...view, countdownSeconds: wholeSeconds(view.countdownSeconds) },
      setup,
      seed,
      paused,
      speed,
      version,
      takeovers,
      learning: this.learning() && !this.isOver,
      ratingChange,
      kept,
    };
    if (this.shown === null || !isSame(this.shown, now)) this.shown = now;
    return this.shown;
  }
}

/** Begun ones count; what rounding adds to a whole number does not. */
function wholeSeconds(seconds: number): number {
  return Math.ceil(seconds - 1e-6);
}

function isSame(a: CourtState, b: CourtState): boolean {
  const { view: viewOfA, ...restOfA } = a;
  const { view: viewOfB, ...restOfB } = b;
  return sameValues(restOfA, restOfB) && sameView(viewOfA, viewOfB);
}

function sameValues(a: Omit<CourtState, 'view'>, b: Omit<CourtState, 'view'>): boolean {
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.every((key) => a[key] === b[key]);
}

function sameView(a: MatchView, b: MatchView): boolean {
  return (
    a.score[0] === b.score[0] &&
    a.score[1] === b.score[1] &&
    a.phase === b.phase &&
    a.countdownSeconds === b.countdownSeconds &&
    a.names[0] === b.names[0] &&
    a.names[1] === b.names[1]
  );
}
