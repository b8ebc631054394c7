/** What everybody begins with of whom nothing is known. */
export const startingRating = 1000;

/** A player's first matches, in which its rating still moves fast. */
const fastMatches = 30;
const fastK = 32;
const settledK = 16;

/**
 * The share of points that a player rated `a` should win against one rated `b`, 0 to 1: 400 points are odds of ten to
 * one.
 *
 * @see Elo, The Rating of Chessplayers, Past and Present, 1978
 */
export function expectedScore(a: number, b: number): number {
  return 1 / (1 + 10 ** ((b - a) / 400));
}

/** What a match was worth to who sat in `seat`: 1 for a win, 0.5 for a draw, 0 for a loss. */
export function scoreOf(winner: 0 | 1 | null, seat: 0 | 1 = 0): number {
  if (winner === null) return 0.5;
  return winner === seat ? 1 : 0;
}

/** The rating after a match: `score` as `scoreOf` has it; `k` as `kFactor` or `placingK` do. */
export function updated(rating: number, expected: number, score: number, k: number): number {
  return rating + k * (score - expected);
}

/** How far one match may move a player that has played so many before. */
export function kFactor(matchesPlayed: number): number {
  return matchesPlayed < fastMatches ? fastK : settledK;
}

/**
 * How far one match may move a player whose strength was only guessed at when it began: far at first, less with every
 * match.
 *
 * @param first how far the first match may.
 */
export function placingK(matchesPlayed: number, first: number): number {
  return Math.max(kFactor(matchesPlayed), first / (1 + matchesPlayed / 2));
}
