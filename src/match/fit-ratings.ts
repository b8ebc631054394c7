import { PlaytrainError } from '../contract';
import { SeededRandom } from '../random/seeded-random';

/** What came of all matches of two players. */
export interface PairResult {
  readonly a: string;
  readonly b: string;
  /** By `a`. */
  readonly won: number;
  readonly lost: number;
  readonly drawn: number;
}

/** The player whose rating is given, since matches tell differences only. */
export interface RatingAnchor {
  readonly id: string;
  readonly rating: number;
}

/** Between what a rating lies. */
export interface RatingInterval {
  readonly rating: number;
  /** The middle 95 % of what resampled matches give. */
  readonly low: number;
  readonly high: number;
}

/** Elo points in a factor of e in the odds. */
const pointsPerNat = 400 / Math.LN10;
/**
 * Each pair that met is counted with one more match, a draw, so that a player that won all its matches still has a
 * rating.
 */
const addedDraws = 1;
const mostSteps = 100;
const largestStep = 2;
const smallestStep = 1e-10;

/**
 * The ratings under which these results are likeliest, where a player's odds against another are 10 to the 400th part
 * of the difference; a draw is half a win for both.
 *
 * @throws PlaytrainError `bad-settings` when a player is not joined to the anchor by matches.
 * @see Bradley and Terry, Rank Analysis of Incomplete Block Designs, 1952
 */
export function fitRatings(
  results: readonly PairResult[],
  anchor: RatingAnchor,
): ReadonlyMap<string, number> {
  return new Fit(results, anchor).ratings(results);
}

/**
 * As `fitRatings`, with what the matches leave uncertain: each pair's results are drawn anew from those that it had
 * (Efron's bootstrap, 1979). A pair of which one won every match has nothing else to draw, so where such pairs decide a
 * rating its interval is too narrow.
 *
 * @param samples how many tables are drawn.
 */
export function ratingIntervals(
  results: readonly PairResult[],
  anchor: RatingAnchor,
  seed: number,
  samples = 1000,
): ReadonlyMap<string, RatingInterval> {
  const fit = new Fit(results, anchor);
  const random = SeededRandom.fromSeed(seed);
  const drawn = new Map<string, number[]>();
  for (let sample = 0; sample < samples; sample++) {
    const ratings = fit.ratings(results.map((result) => resampled(result, random)));
    for (const [id, rating] of ratings) {
      const list = drawn.get(id);
      if (list === undefined) drawn.set(id, [rating]);
      else list.push(rating);
    }
  }
  return new Map(
    [...fit.ratings(results)].map(([id, rating]) => {
      const sorted = (drawn.get(id) ?? [rating]).toSorted((x, y) => x - y);
      return [id, { rating, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }];
    }),
  );
}

/** Newton's method on the log-likelihood, which is concave. */
class Fit {
  private readonly anchor: RatingAnchor;
  /** All players but the anchor. */
  private readonly free: readonly string[];
  /** Place in `free`; −1 for the anchor. */
  private readonly pairs: readonly (readonly [number, number])[];

  constructor(results: readonly PairResult[], anchor: RatingAnchor) {
    const ids = [...new Set(results.flatMap(({ a, b }) => [a, b]))];
    refuseUnjoined(ids, results, anchor.id);
    this.anchor = anchor;
    this.free = ids.filter((id) => id !== anchor.id);
    const place = new Map(this.free.map((id, index) => [id, index]));
    this.pairs = results.map(({ a, b }) => [place.get(a) ?? -1, place.get(b) ?? -1]);
  }

  /** @param results of the same pairs, in the same order. */
  ratings(results: readonly PairResult[]): ReadonlyMap<string, number> {
    const size = this.free.length;
    const strengths = new Float64Array(size); // natural logarithms of odds against the anchor
    for (let taken = 0; taken < mostSteps; taken++) {
      const step = solved(...this.slopes(strengths, results));
      let largest = 0;
      for (let i = 0; i < size; i++) {
        const move = Math.max(-largestStep, Math.min(largestStep, step[i]!));
        strengths[i] = strengths[i]! + move;
        largest = Math.max(largest, Math.abs(move));
      }
      if (largest < smallestStep) break;
    }
    const { id, rating } = this.anchor;
    return new Map([
      [id, rating],
      ...this.free.map((player, index): [string, number] => [
        player,
        rating + pointsPerNat * strengths[index]!,
      ]),
    ]);
  }

  /** The log-likelihood's gradient, and minus its matrix of second derivatives, row by row. */
  private slopes(
    strengths: Float64Array,
    results: readonly PairResult[],
  ): [matrix: Float64Array, gradient: Float64Array] {
    const size = strengths.length;
    const matrix = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (let pair = 0; pair < results.length; pair++) {
      const [a, b] = this.pairs[pair]!;
      const { won, lost, drawn } = results[pair]!;
      const matches = won + lost + drawn + addedDraws;
      const points = won + (drawn + addedDraws) / 2;
      const difference = (a < 0 ? 0 : strengths[a]!) - (b < 0 ? 0 : strengths[b]!);
      const expected = 1 / (1 + Math.exp(-difference));
      const slope = points - matches * expected;
      const curvature = matches * expected * (1 - expected);
      if (a >= 0) {
        gradient[a] = gradient[a]! + slope;
        matrix[a * size + a] = matrix[a * size + a]! + curvature;
      }
      if (b >= 0) {
        gradient[b] = gradient[b]! - slope;
        matrix[b * size + b] = matrix[b * size + b]! + curvature;
      }
      if (a >= 0 && b >= 0) {
        matrix[a * size + b] = matrix[a * size + b]! - curvature;
        matrix[b * size + a] = matrix[b * size + a]! - curvature;
      }
    }
    return [matrix, gradient];
  }
}

/** Solves a symmetric, positive definite system by elimination, in place. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = matrix[row * size + pivot]! / matrix[pivot * size + pivot]!;
      for (let column = pivot; column < size; column++) {
        matrix[row * size + column] = matrix[row * size + column]! - factor * matrix[pivot * size + column]!;
      }
      right[row] = right[row]! - factor * right[pivot]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row]!;
    for (let column = row + 1; column < size; column++) {
      rest -= matrix[row * size + column]! * right[column]!;
    }
    right[row] = rest / matrix[row * size + row]!;
  }
  return right;
}

function resampled(result: PairResult, random: SeededRandom): PairResult {
  const matches = result.won + result.lost + result.drawn;
  let won = 0;
  let lost = 0;
  for (let match = 0; match < matches; match++) {
    const which = random.below(matches);
    if (which < result.won) won++;
    else if (which < result.won + result.lost) lost++;
  }
  return { ...result, won, lost, drawn: matches - won - lost };
}

/** Of numbers in ascending order, with a straight line between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

function refuseUnjoined(ids: readonly string[], results: readonly PairResult[], anchor: string): void {
  const joined = new Set([anchor]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { a, b } of results) {
      if (joined.has(a) === joined.has(b)) continue;
      joined.add(a).add(b);
      grown = true;
    }
  }
  const outside = ids.find((id) => !joined.has(id));
  if (outside === undefined && ids.includes(anchor)) return;
  throw new PlaytrainError(
    'bad-settings',
    `There is no rating for “${outside ?? anchor}”: no matches lead from it to “${anchor}”. Let them meet, or others between them.`,
  );
}
