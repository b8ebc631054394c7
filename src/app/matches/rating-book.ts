import { PlaytrainError } from '../../contract';
import {
  afterMatch,
  type CountedMatch,
  type RatingScale,
  type Standing,
  type Standings,
  standingOf,
} from '../../match/standings';
import type { Ratings } from '../../storage/ratings';
import { generationOfPlayer, visitorPlayer } from '../../storage/standing';
import { ratingTexts } from '../../texts/matches';

/** What is known of ratings before any match is played here. */
export interface MeasuredTable {
  /** Those that ship: their table holds, whatever an earlier one said. */
  readonly standings: Standings;
  /** Of the gentlest opponent, beside whom a visitor begins. */
  readonly gentlest: number;
}

/** How far a match moved those who played it, by what they are rated under. */
export type RatingMoves = Readonly<Record<string, { readonly before: Standing; readonly after: Standing }>>;

/** Everybody's ratings in one game, as they are kept in this browser. */
export class RatingBook {
  private readonly ratings: Ratings;
  private readonly game: string;
  private readonly scale: RatingScale;
  private readonly tell: (failure: PlaytrainError) => void;
  private standings: Standings;
  private hasTold = false;

  /** @param tell is called once, where ratings cannot be kept. */
  constructor(
    ratings: Ratings,
    game: string,
    { standings, gentlest }: MeasuredTable,
    tell: (failure: PlaytrainError) => void,
  ) {
    this.ratings = ratings;
    this.game = game;
    this.scale = {
      measured: standings,
      visitor: { key: visitorPlayer, start: gentlest },
      generationOf: generationOfPlayer,
    };
    this.tell = tell;
    this.standings = standings;
  }

  /** Reads what is kept; nothing where storage is closed. */
  async load(): Promise<void> {
    const kept = await this.ratings.load(this.game).catch(() => ({ value: {} }));
    this.standings = { ...kept.value, ...this.scale.measured };
  }

  /** Where somebody stands; null where no match is known. */
  of(key: string): Standing | null {
    return this.standings[key] ?? null;
  }

  /** Where somebody stands, or would begin. */
  expected(key: string): Standing {
    return standingOf(this.standings, key, this.scale);
  }

  /** Whether a rating is measured, so that no match moves it. */
  isMeasured(key: string): boolean {
    return this.scale.measured[key] !== undefined;
  }

  /** Counts a match. @returns how far it moved those who played it, and whose rating was at stake. */
  async add(match: CountedMatch): Promise<RatingMoves> {
    let moves: RatingMoves = {};
    await this.change((before) => {
      const after = afterMatch(before, match, this.scale);
      moves = Object.fromEntries(
        match.keys.flatMap((key) => {
          const now = after[key];
          if (now === undefined || now === before[key]) return [];
          return [[key, { before: standingOf(before, key, this.scale), after: now }]];
        }),
      );
      return after;
    });
    return moves;
  }

  /** Leaves out those that `gone` names, whose players are no more. */
  async forget(gone: (key: string) => boolean): Promise<void> {
    await this.change((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !gone(key))));
  }

  private async change(change: (before: Standings) => Standings): Promise<void> {
    try {
      const standings = await this.ratings.change(this.game, change);
      this.standings = { ...standings, ...this.scale.measured };
    } catch (cause) {
      this.standings = { ...change(this.standings), ...this.scale.measured };
      if (this.hasTold) return;
      this.hasTold = true;
      this.tell(new PlaytrainError('storage-failed', ratingTexts.unsaved, { cause }));
    }
  }
}
