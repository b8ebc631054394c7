import { expectedScore, kFactor, placingK, startingRating, updated } from './elo';
import { noResults, type Results, resultsAfter } from './results';

/** Where a player stands: Elo, and the matches that it rests on. */
export interface Standing {
  readonly rating: number;
  readonly matches: number;
  /** Of the visitor, once there are any: what came of their matches. */
  readonly results?: Results;
}

/** Of one game's players, by what they are rated under. */
export type Standings = Readonly<Record<string, Standing>>;

/** A match as it counts for ratings. */
export interface CountedMatch {
  /** What both are rated under, left and right, as it was when they met. */
  readonly keys: readonly [string, string];
  /** Of the first: 1 won, 0.5 drawn, 0 lost. */
  readonly score: number;
  /** Whose rating it moves. */
  readonly moves: readonly [boolean, boolean];
}

/** What ratings are measured by in one game. */
export interface RatingScale {
  /** Those whose ratings are measured and stand still, whatever comes of a match: they hold the scale. */
  readonly measured: Standings;
  /** What the visitor is rated under, and where a visitor begins: beside the gentlest opponent. */
  readonly visitor: { readonly key: string; readonly start: number };
  /** The run and version that a key names; null for who is no generation of a run. */
  readonly generationOf: (key: string) => { readonly runId: string; readonly version: number } | null;
}

/** So many matches place a visitor. */
export const placingMatches = 5;
/** And so many somebody else, such as an agent from a file. */
const agentPlacingMatches = 10;
/** How far the first of them may move a rating: by half as much where either might as well have won. */
const firstK = 400;

/** How many matches are left that place a visitor; before, the rating says little. */
export function placingLeft({ matches }: Pick<Standing, 'matches'>): number {
  return Math.max(0, placingMatches - matches);
}

/** Whether an agent's rating may still be far from how it plays. */
export function isProvisional({ matches }: Pick<Standing, 'matches'>): boolean {
  return matches < agentPlacingMatches;
}

/**
 * Where somebody begins of whom no match is known: the visitor beside the gentlest opponent, a generation where the
 * rated one before it in its run stands, everybody else in the middle.
 */
export function beginning(standings: Standings, key: string, scale: RatingScale): Standing {
  const { visitor } = scale;
  const rating = key === visitor.key ? visitor.start : predecessor(standings, key, scale)?.rating;
  return { rating: rating ?? startingRating, matches: 0 };
}

/** Where somebody stands, or would begin. */
export function standingOf(standings: Standings, key: string, scale: RatingScale): Standing {
  return scale.measured[key] ?? standings[key] ?? beginning(standings, key, scale);
}

/** Standings after one more match. */
export function afterMatch(
  standings: Standings,
  { keys, score, moves }: CountedMatch,
  scale: RatingScale,
): Standings {
  const [first, second] = [standingOf(standings, keys[0], scale), standingOf(standings, keys[1], scale)];
  const moved = (seat: 0 | 1, own: Standing, other: Standing, ownScore: number): Standing => {
    const [key, otherKey] = [keys[seat], keys[seat === 0 ? 1 : 0]];
    const expected = expectedScore(own.rating, other.rating);
    const k = kOf(standings, key, own, ownScore > expected, scale);
    const after = { rating: updated(own.rating, expected, ownScore, k), matches: own.matches + 1 };
    if (key !== scale.visitor.key) return after;
    return { ...after, results: resultsAfter(own.results ?? noResults, otherKey, ownScore) };
  };
  const doesMove = (seat: 0 | 1) => moves[seat] && scale.measured[keys[seat]] === undefined;
  return {
    ...standings,
    ...(doesMove(0) ? { [keys[0]]: moved(0, first, second, score) } : {}),
    ...(doesMove(1) ? { [keys[1]]: moved(1, second, first, 1 - score) } : {}),
  };
}

/**
 * How far a match moves somebody. While a visitor is being placed, wins carry up fast, and losses bring down as fast
 * again whoever was carried up; but who loses at the foot of the ladder, where all begin, loses no more than ever. An
 * agent of which nothing is known is as likely to be far better as far worse.
 */
function kOf(
  standings: Standings,
  key: string,
  { rating, matches }: Standing,
  wasBetterThanExpected: boolean,
  scale: RatingScale,
): number {
  if (key === scale.visitor.key) {
    const moves = matches < placingMatches && (wasBetterThanExpected || rating > scale.visitor.start);
    return moves ? placingK(matches, firstK) : kFactor(matches);
  }
  const isGuessed = predecessor(standings, key, scale) === null && matches < agentPlacingMatches;
  return isGuessed ? placingK(matches, firstK) : kFactor(matches);
}

/** Where the generation stands that comes before another in its run, of those that are rated; null without one. */
function predecessor(standings: Standings, key: string, { generationOf }: RatingScale): Standing | null {
  const own = generationOf(key);
  if (own === null) return null;
  let newest = -1;
  let found: Standing | null = null;
  for (const [otherKey, standing] of Object.entries(standings)) {
    const other = generationOf(otherKey);
    if (other === null || other.runId !== own.runId) continue;
    if (other.version >= own.version || other.version <= newest) continue;
    newest = other.version;
    found = standing;
  }
  return found;
}
