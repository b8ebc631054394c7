import type { Simulation } from '../../contract';
import type { GameEntry } from '../../game/engine/registry';
import { generationKey } from '../../storage/rating-store';
import { Roster } from './contestants';
import { RatingBook } from './rating-book';
import { ReplayShelf } from './replay-shelf';

/** A generation is called the best only after so many matches. */
const fewestMatches = 4;

/** Everything that is kept of one game’s matches: who plays, how they stand, and what was played. */
export class Library {
  readonly entry: GameEntry;
  readonly roster: Roster;
  readonly shelf: ReplayShelf;
  book: RatingBook;

  constructor(entry: GameEntry) {
    const { simulation } = entry;
    this.entry = entry;
    this.roster = new Roster(simulation);
    this.shelf = new ReplayShelf(simulation);
    this.book = new RatingBook(simulation.game, {});
  }

  get simulation(): Simulation {
    return this.entry.simulation;
  }

  /** Reads everything. What can be read is there also when it throws: PlaytrainError `bad-file`. */
  async load(): Promise<void> {
    try {
      await Promise.all([this.roster.load(), this.shelf.load()]);
    } finally {
      this.book = new RatingBook(this.simulation.game, this.roster.shippedStandings);
      await this.book.load();
    }
  }

  /** The open run's generation with the highest rating; null before any was rated. */
  bestGeneration(): { readonly version: number; readonly rating: number } | null {
    let best: { version: number; rating: number } | null = null;
    const generations = this.roster.run?.generations;
    for (const version of generations?.versions ?? []) {
      const standing = this.book.of(generationKey(generations?.identity ?? '', version));
      if (standing === null || standing.matches < fewestMatches) continue;
      if (best === null || standing.rating > best.rating) best = { version, rating: standing.rating };
    }
    return best;
  }
}
