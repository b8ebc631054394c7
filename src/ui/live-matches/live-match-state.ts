/** Somebody to meet in a live game for two. */
export interface Rival {
  readonly id: string;
  readonly name: string;
  /** Null for who is not rated, since it changes as it learns. */
  readonly rating: number | null;
}

/** Matches of a person against somebody. */
export interface LiveMatchState {
  /** The agent in training, then those that are rated, the weakest first. */
  readonly rivals: readonly Rival[];
  /** Who is met next, or now. */
  readonly rival: string;
  readonly roundsToWin: number;
  /** Where the person plays: 0 on the left. */
  readonly side: 0 | 1;
  /** Of the match that is played, or was last, the person's rounds first; null before the first. */
  readonly score: readonly [number, number] | null;
  readonly isPlayed: boolean;
  /** Who won the last match: the person is 0; null while one is played, and after one that was left. */
  readonly winner: 0 | 1 | null;
  /** How the person stands: Elo, the matches that it rests on, and what came of them by rival. */
  readonly visitor: {
    readonly rating: number;
    readonly matches: number;
    readonly against: Readonly<Record<string, { readonly won: number; readonly lost: number }>>;
  };
  /** By how much the last match moved that; null where it did not. */
  readonly moved: number | null;
}

export type LiveMatchIntent =
  | { readonly kind: 'liveRival'; readonly rival: string }
  | { readonly kind: 'liveSide'; readonly side: 0 | 1 }
  | { readonly kind: 'beginLiveMatch' }
  | { readonly kind: 'leaveLiveMatch' };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null where the game in front is none for two that is seen as it is. */
    readonly liveMatch: LiveMatchState | null;
  }
  interface FeatureIntents {
    readonly liveMatches: LiveMatchIntent;
  }
}
