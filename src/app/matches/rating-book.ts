import type { PlaytrainError } from '../../contract';
import { expectedScore, kFactor, startingRating, updated } from '../../match/elo';
import {
  changeStandings,
  generationOfKey,
  loadStandings,
  type Standing,
  type Standings,
} from '../../storage/rating-store';

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
  const own = generationOfKey(key);
  let nearest = -1;
  let { rating } = newcomer;
  for (const [otherKey, standing] of Object.entries(standings)) {
    const other = own === null ? null : generationOfKey(otherKey);
    if (own === null || other === null || other.identity !== own.identity) continue;
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
  private readonly game: string;
  /** Those that ship, by their measured table: it holds, whatever an earlier one said. */
  private readonly shipped: Standings;
  private readonly tell: (failure: PlaytrainError) => void;
  private standings: Standings;
  private hasTold = false;

  /** @param tell is called once, where ratings cannot be kept. */
  constructor(game: string, shipped: Standings, tell: (failure: PlaytrainError) => void) {
    this.game = game;
    this.shipped = shipped;
    this.tell = tell;
    this.standings = shipped;
  }

  /** Reads what is kept. */
  async load(): Promise<void> {
    this.standings = { ...(await loadStandings(this.game)), ...this.shipped };
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
    const { standings, failure } = await changeStandings(this.game, this.standings, change);
    this.standings = { ...standings, ...this.shipped };
    if (failure === null || this.hasTold) return;
    this.hasTold = true;
    this.tell(failure);
  }
}
