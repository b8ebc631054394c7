import type { PlaytrainError, Simulation } from '../../contract';
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
  private readonly tell: (failure: PlaytrainError) => void;
  private loading: Promise<void> | null = null;

  /** @param tell is called once, where ratings cannot be kept. */
  constructor(entry: GameEntry, tell: (failure: PlaytrainError) => void) {
    const { simulation } = entry;
    this.entry = entry;
    this.tell = tell;
    this.roster = new Roster(simulation);
    this.shelf = new ReplayShelf(simulation);
    this.book = new RatingBook(simulation.game, {}, tell);
  }

  get simulation(): Simulation {
    return this.entry.simulation;
  }

  /** Reads everything, once. What can be read is there also when it throws: PlaytrainError `bad-file`. */
  load(): Promise<void> {
    this.loading ??= this.read();
    return this.loading;
  }

  /** The open run's generation with the highest rating; null before any was rated. */
  bestGeneration(): { readonly version: number; readonly rating: number } | null {
    const generations = this.roster.run?.generations;
    return generations === undefined ? null : this.bestOf(generations.identity, generations.versions);
  }

  /** Of some versions of a run the one with the highest rating; null where none has played enough. */
  bestOf(
    identity: string,
    versions: readonly number[],
  ): { readonly version: number; readonly rating: number } | null {
    let best: { version: number; rating: number } | null = null;
    for (const version of versions) {
      const standing = this.book.of(generationKey(identity, version));
      if (standing === null || standing.matches < fewestMatches) continue;
      if (best === null || standing.rating > best.rating) best = { version, rating: standing.rating };
    }
    return best;
  }

  private async read(): Promise<void> {
    try {
      await Promise.all([this.roster.load(), this.shelf.load()]);
    } finally {
      this.book = new RatingBook(this.simulation.game, this.roster.shippedStandings, this.tell);
      await this.book.load();
    }
  }
}
