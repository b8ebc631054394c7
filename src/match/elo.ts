/** What everybody begins with. */
export const startingRating = 1000;

/** A player's first matches, in which its rating still moves fast. */
const provisionalMatches = 30;

/**
 * The share of points that a player rated `a` should win against one rated `b`, 0 to 1: 400 points are odds of ten to
 * one.
 *
 * @see Elo, The Rating of Chessplayers, Past and Present, 1978
 */
export function expectedScore(a: number, b: number): number {
  return 1 / (1 + 10 ** ((b - a) / 400));
}

/** The rating after a match: `score` is 1 for a win, 0.5 for a draw, 0 for a loss; `k` as `kFactor` has it. */
export function updated(rating: number, expected: number, score: number, k: number): number {
  return rating + k * (score - expected);
}

/** How far one match may move a player that has played so many before. */
export function kFactor(matchesPlayed: number): number {
  return matchesPlayed < provisionalMatches ? 32 : 16;
}
