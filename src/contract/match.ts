/** By what people tell one player from another at a glance. */
export interface PlayerLook {
  /** As `#rrggbb`. */
  readonly colour: string;
  /** What it wears; a scene draws those that it knows. */
  readonly mark: string;
}

/** What a scene shows of a match around the rally that its states hold. Seats: left, right. */
export interface MatchView {
  readonly score: readonly [number, number];
  /** Null where nobody wins, since it goes on until it is left. */
  readonly pointsToWin: number | null;
  readonly names: readonly [string, string];
  /** Where the one person sits who plays; null where none or two do. */
  readonly person: 0 | 1 | null;
  /** `point`: a rally was just won and the next is not yet served. The states may already be the next rally's. */
  readonly phase: 'countdown' | 'rally' | 'point' | 'over';
  /** Seconds until the ball is in play; 0 in any phase but `countdown`. */
  readonly countdownSeconds: number;
  /** The seat that wins the match with the next point; `both` where the next point decides whoever wins it. */
  readonly matchPoint: 0 | 1 | 'both' | null;
  /** True where both are a point short and neither could win with the next one: a lead of two is wanted. */
  readonly deuce: boolean;
  /** The seat that won the match, once it is over. */
  readonly winner: 0 | 1 | null;
}
