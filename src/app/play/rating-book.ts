import { expectedScore, kFactor, startingRating, updated } from '../../match/elo';
import { changeStandings, loadStandings, type Standing, type Standings } from '../../storage/rating-store';

/** A match as it counts for ratings. */
export interface CountedMatch {
  /** What both are rated under. */
  readonly keys: readonly [string, string];
  /** Of the first: 1 won, 0.5 drawn, 0 lost. */
  readonly score: number;
  /** Whose rating it moves. */
  readonly moves: readonly [boolean, boolean];
}

/** Where somebody begins of whom no match is known. */
export const newcomer: Standing = { rating: startingRating, matches: 0 };

/** Standings after one more match. Pure. */
export function afterMatch(standings: Standings, { keys, score, moves }: CountedMatch): Standings {
  const first = standings[keys[0]] ?? newcomer;
  const second = standings[keys[1]] ?? newcomer;
  const moved = (own: Standing, other: Standing, ownScore: number): Standing => ({
    rating: updated(own.rating, expectedScore(own.rating, other.rating), ownScore, kFactor(own.matches)),
    matches: own.matches + 1,
  });
  return {
    ...standings,
    ...(moves[0] ? { [keys[0]]: moved(first, second, score) } : {}),
    ...(moves[1] ? { [keys[1]]: moved(second, first, 1 - score) } : {}),
  };
}

/** Everybody's ratings in one game, as they are kept in this browser. */
export class RatingBook {
  private readonly game: string;
  /** Those that ship, from their measured table. */
  private readonly shipped: Standings;
  private standings: Standings;

  constructor(game: string, shipped: Standings) {
    this.game = game;
    this.shipped = shipped;
    this.standings = shipped;
  }

  /** Reads what is kept. */
  async load(): Promise<void> {
    this.standings = { ...this.shipped, ...(await loadStandings(this.game)) };
  }

  /** Where somebody stands; null where no match is known. */
  of(key: string): Standing | null {
    return this.standings[key] ?? null;
  }

  /** Counts a match. */
  async add(match: CountedMatch): Promise<void> {
    this.standings = await changeStandings(this.game, this.standings, (before) =>
      afterMatch({ ...this.shipped, ...before }, match),
    );
  }

  /** Leaves out those that `gone` names, whose players are no more. */
  async forget(gone: (key: string) => boolean): Promise<void> {
    this.standings = await changeStandings(this.game, this.standings, (before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !gone(key))),
    );
  }
}
