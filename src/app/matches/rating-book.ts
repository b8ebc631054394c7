import { PlaytrainError } from '../../contract';
import { expectedScore, kFactor, startingRating, updated } from '../../match/elo';
import type { Ratings } from '../../storage/ratings';
import { generationOfPlayer, type KeptStanding } from '../../storage/standing';

/** Where a player stands: Elo, and the matches that it rests on. */
export type Standing = KeptStanding;
/** Of one game's players, by what they are rated under. */
export type Standings = Readonly<Record<string, Standing>>;

/** A match as it counts for ratings. */
export interface CountedMatch {
  /** What both are rated under. */
  readonly keys: readonly [string, string];
  /** Of the first: 1 won, 0.5 drawn, 0 lost. */
  readonly score: number;
  /** Whose rating it moves. */
  readonly moves: readonly [boolean, boolean];
}

/** Where somebody begins of whom nothing is known. */
export const newcomer: Standing = { rating: startingRating, matches: 0 };

/**
 * Where somebody begins of whom no match is known: a generation where the rated one before it in its run stands,
 * everybody else as a newcomer. Pure.
 */
export function beginning(standings: Standings, key: string): Standing {
  const own = generationOfPlayer(key);
  let nearest = -1;
  let { rating } = newcomer;
  for (const [otherKey, standing] of Object.entries(standings)) {
    const other = own === null ? null : generationOfPlayer(otherKey);
    if (own === null || other === null || other.runId !== own.runId) continue;
    if (other.version >= own.version || other.version <= nearest) continue;
    nearest = other.version;
    rating = standing.rating;
  }
  return { rating, matches: 0 };
}

/**
 * Standings after one more match. Pure.
 *
 * @param measured those whose ratings are measured and stand still, whatever comes of a match: they hold the scale.
 */
export function afterMatch(
  standings: Standings,
  { keys, score, moves }: CountedMatch,
  measured: Standings = {},
): Standings {
  const before = (key: string) => measured[key] ?? standings[key] ?? beginning(standings, key);
  const [first, second] = [before(keys[0]), before(keys[1])];
  const moved = (own: Standing, other: Standing, ownScore: number): Standing => ({
    rating: updated(own.rating, expectedScore(own.rating, other.rating), ownScore, kFactor(own.matches)),
    matches: own.matches + 1,
  });
  const doesMove = (seat: 0 | 1) => moves[seat] && measured[keys[seat]] === undefined;
  return {
    ...standings,
    ...(doesMove(0) ? { [keys[0]]: moved(first, second, score) } : {}),
    ...(doesMove(1) ? { [keys[1]]: moved(second, first, 1 - score) } : {}),
  };
}

/** Everybody's ratings in one game, as they are kept in this browser. */
export class RatingBook {
  private readonly ratings: Ratings;
  private readonly game: string;
  /** Those that ship, by their measured table: it holds, whatever an earlier one said. */
  private readonly shipped: Standings;
  private readonly tell: (failure: PlaytrainError) => void;
  private standings: Standings;
  private hasTold = false;

  /** @param tell is called once, where ratings cannot be kept. */
  constructor(ratings: Ratings, game: string, shipped: Standings, tell: (failure: PlaytrainError) => void) {
    this.ratings = ratings;
    this.game = game;
    this.shipped = shipped;
    this.tell = tell;
    this.standings = shipped;
  }

  /** Reads what is kept; nothing where storage is closed. */
  async load(): Promise<void> {
    const kept = await this.ratings.load(this.game).catch(() => ({ value: {} }));
    this.standings = { ...kept.value, ...this.shipped };
  }

  /** Where somebody stands; null where no match is known. */
  of(key: string): Standing | null {
    return this.standings[key] ?? null;
  }

  /** Where somebody stands, or would begin. */
  expected(key: string): Standing {
    return this.standings[key] ?? beginning(this.standings, key);
  }

  /** Whether a rating is measured, so that no match moves it. */
  isMeasured(key: string): boolean {
    return this.shipped[key] !== undefined;
  }

  /** Counts a match. */
  async add(match: CountedMatch): Promise<void> {
    await this.change((before) => afterMatch(before, match, this.shipped));
  }

  /** Leaves out those that `gone` names, whose players are no more. */
  async forget(gone: (key: string) => boolean): Promise<void> {
    await this.change((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !gone(key))));
  }

  private async change(change: (before: Standings) => Standings): Promise<void> {
    try {
      const standings = await this.ratings.change(this.game, change);
      this.standings = { ...standings, ...this.shipped };
    } catch (cause) {
      this.standings = { ...change(this.standings), ...this.shipped };
      if (this.hasTold) return;
      this.hasTold = true;
      const message = 'The browser would not save ratings, so they hold only while this page is open.';
      this.tell(new PlaytrainError('storage-failed', message, { cause }));
    }
  }
}
