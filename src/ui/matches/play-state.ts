import type {
  Contestant,
  KeptReplay,
  MatchSetup,
  MatchSpeed,
  MatchView,
  ReplayPosition,
} from '../../contract';

/** A match, or a replay of one, that is on the court. */
export interface CourtState {
  readonly kind: 'match' | 'replay';
  readonly view: MatchView;
  readonly setup: MatchSetup;
  readonly seed: number;
  readonly paused: boolean;
  readonly speed: MatchSpeed;
  /** Of the agent in training, where it plays: the version that acts, and how many took over in this match. */
  readonly version: number | null;
  readonly takeovers: number;
  /** True while what happens here is learned from. */
  readonly learning: boolean;
  /**
   * Once it is over, and counted: the person’s rating before and after, and what they reached; null where none was at
   * stake.
   */
  readonly ratingChange: RatingChange | null;
  /** True once it is among the kept replays. */
  readonly kept: boolean;
  /** Of a replay: where in it one is; null in a match. */
  readonly replay: ReplayPosition | null;
}

/** What a match did to the person’s rating, and what they reached with it. */
export interface RatingChange {
  readonly before: number;
  readonly after: number;
  /** Matches that are still to place them. */
  readonly placingLeft: number;
  /** Matches won in a row, this one included. */
  readonly streak: number;
  /** Who was beaten for the first time, and whom there is to beat next on the ladder; null where nobody was. */
  readonly beaten: { readonly name: string; readonly next: string | null } | null;
}

/** The person's own standing. */
export interface VisitorStanding {
  readonly rating: number;
  readonly matches: number;
  /** Matches that are still to place them; until then the rating is provisional. */
  readonly placingLeft: number;
  /** Matches won in a row, up to the last. */
  readonly streak: number;
  /** What came of their matches against each contestant, by id; nobody's, whom they have not met. */
  readonly against: Readonly<Record<string, { readonly won: number; readonly lost: number }>>;
}

/** What the page shows of matches; only for games in which agents meet. */
export interface PlayState {
  /** The strongest first; those without a rating last. */
  readonly contestants: readonly Contestant[];
  readonly visitor: VisitorStanding;
  readonly setup: MatchSetup;
  /** Null while training is on the court. */
  readonly court: CourtState | null;
  /** True while who plays in a match that was asked for is being fetched. */
  readonly isFetching: boolean;
  /** Versions of the run's kept generations, ascending, for the slider; each is a contestant when it is chosen. */
  readonly generations: readonly number[];
  /** The generation with the highest rating, which is kept as the best; null before any was rated. */
  readonly bestGeneration: { readonly version: number; readonly rating: number } | null;
  readonly replays: readonly KeptReplay[];
  /** Whether somebody serves in this game, so that it can be practised. */
  readonly hasServes: boolean;
  /** While the agent in training learns for a match against it: what is left of that time, and all of it. */
  readonly rival: { readonly leftMs: number; readonly totalMs: number } | null;
  readonly sound: boolean;
  /** Whether agents play rating matches in the background. */
  readonly rates: boolean;
  /** Such as “Novice – Bot Steady”; null while none is played. */
  readonly ratingMatch: string | null;
}

/** What a person asked for about matches. */
export type PlayIntent =
  | { readonly kind: 'matchSetup'; readonly setup: MatchSetup }
  /** Begin the match that is set up. */
  | { readonly kind: 'startMatch' }
  /** Set up and begin a match against whoever is nearest the person's rating. */
  | { readonly kind: 'matchMe' }
  /** Serve rally after rally against whoever is chosen; nothing counts. */
  | { readonly kind: 'practiseServes' }
  /** Let the agent in training learn for a while as fast as it can, then begin a match against it. */
  | { readonly kind: 'trainRival' }
  /** Do without that match, and without the rest of that training. */
  | { readonly kind: 'leaveRival' }
  /** Begin that match now. */
  | { readonly kind: 'meetRival' }
  | { readonly kind: 'pauseMatch'; readonly on: boolean }
  | { readonly kind: 'rematch' }
  /** Back to training. A match that was being lost is lost. */
  | { readonly kind: 'leaveCourt' }
  | { readonly kind: 'matchSpeed'; readonly speed: CourtState['speed'] }
  | { readonly kind: 'importAgent'; readonly file: File }
  | { readonly kind: 'exportAgent'; readonly contestant: string }
  /** Keep what is on the court. */
  | { readonly kind: 'keepReplay' }
  /** In the replay on the court: go to where so many rally ticks were played. */
  | { readonly kind: 'seekReplay'; readonly tick: number }
  | { readonly kind: 'watchReplay'; readonly id: string }
  /** As a file; null for what is on the court. */
  | { readonly kind: 'exportReplay'; readonly id: string | null }
  /** As a link; null for what is on the court. */
  | { readonly kind: 'shareReplay'; readonly id: string | null }
  /** Watch what a link carries. It is not kept unless somebody says so. */
  | { readonly kind: 'watchShared'; readonly text: string }
  | { readonly kind: 'forgetReplay'; readonly id: string }
  | { readonly kind: 'importReplay'; readonly file: File }
  | { readonly kind: 'sound'; readonly on: boolean }
  | { readonly kind: 'rates'; readonly on: boolean };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null for games in which an agent is alone. */
    readonly play: PlayState | null;
  }
  interface FeatureIntents {
    readonly play: PlayIntent;
    readonly forgetRating: ForgetRatingIntent;
  }
}

export interface ForgetRatingIntent {
  /** The person begins anew, as if they had never played. */
  readonly kind: 'forgetRating';
}
