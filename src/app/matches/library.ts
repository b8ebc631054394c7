import { type Contestant, generationId, type PlaytrainError, type Simulation } from '../../contract';
import type { MatchRecord } from '../../match/record';
import type { Standing } from '../../match/standings';
import type { PageStorage } from '../../storage/page-storage';
import { generationPlayer, visitorPlayer } from '../../storage/standing';
import { RatingClient } from '../../workers/rating-client';
import type { SimulatedGame } from '../games/page-game';
import { ratingWorker } from '../workers/rating-worker';
import { RatingBook } from './rating-book';
import { ReplayShelf } from './replay-shelf';
import { Roster } from './roster';

/** A generation is called the best only after so many matches. */
const fewestMatches = 4;

/** In a worker of its own: to play a long match again takes a second, for which the page would stand still. */
async function verifyInWorker(record: MatchRecord): Promise<void> {
  const client = new RatingClient(ratingWorker);
  try {
    await client.verify(record);
  } finally {
    client.dispose();
  }
}

/** Everything that is kept of one game’s matches: who plays, how they stand, and what was played. */
export class Library {
  readonly entry: SimulatedGame;
  readonly roster: Roster;
  readonly shelf: ReplayShelf;
  book: RatingBook;
  private readonly storage: PageStorage;
  private readonly tell: (failure: PlaytrainError) => void;
  private loading: Promise<void> | null = null;

  /** @param tell is called once, where ratings cannot be kept. */
  constructor(storage: PageStorage, entry: SimulatedGame, tell: (failure: PlaytrainError) => void) {
    this.storage = storage;
    const { simulation } = entry;
    this.entry = entry;
    this.tell = tell;
    this.roster = new Roster(storage.agents, simulation);
    this.shelf = new ReplayShelf(storage.replays, simulation, verifyInWorker);
    this.book = new RatingBook(storage.ratings, simulation.game, this.roster.measured, tell);
  }

  get simulation(): Simulation {
    return this.entry.simulation;
  }

  /** Reads everything, once. What can be read is there also when it throws: PlaytrainError `bad-file`. */
  load(): Promise<void> {
    this.loading ??= this.read();
    return this.loading;
  }

  /** Where the person stands who visits, or would begin. */
  get visitor(): Standing {
    return this.book.expected(visitorPlayer);
  }

  /** Everybody whom the person could meet, with those generations of the run that have a rating. */
  ratedContestants(): readonly Contestant[] {
    const { roster, book } = this;
    const isRated = (version: number) => book.of(roster.keyOf(generationId(version)) ?? '') !== null;
    const rated = (roster.run?.generations.versions ?? []).filter(isRated);
    return roster.contestants((key) => book.of(key), rated, null);
  }

  /** The open run's generation with the highest rating; null before any was rated. */
  bestGeneration(): { readonly version: number; readonly rating: number } | null {
    const generations = this.roster.run?.generations;
    return generations === undefined ? null : this.bestOf(generations.runId, generations.versions);
  }

  /** Of some versions of a run the one with the highest rating; null where none has played enough. */
  bestOf(
    runId: string,
    versions: readonly number[],
  ): { readonly version: number; readonly rating: number } | null {
    let best: { version: number; rating: number } | null = null;
    for (const version of versions) {
      const standing = this.book.of(generationPlayer(runId, version));
      if (standing === null || standing.matches < fewestMatches) continue;
      if (best === null || standing.rating > best.rating) best = { version, rating: standing.rating };
    }
    return best;
  }

  private async read(): Promise<void> {
    try {
      await Promise.all([this.roster.load(), this.shelf.load()]);
    } finally {
      this.book = new RatingBook(this.storage.ratings, this.simulation.game, this.roster.measured, this.tell);
      await this.book.load();
    }
  }
}
