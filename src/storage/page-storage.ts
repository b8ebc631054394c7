import type { RunId } from '../contract';
import { Agents } from './agents';
import { Database, type DatabaseOptions } from './database';
import { Generations } from './generations';
import { holdRun } from './hold-run';
import { PreferenceStore } from './preferences';
import { Ratings } from './ratings';
import { Replays } from './replays';
import type { RunLock } from './run-lock';
import { Runs } from './runs';
import { Timings } from './timings';

/** Everything that this browser keeps for the page, in one database. */
export class PageStorage {
  readonly runs: Runs;
  readonly generations: Generations;
  readonly ratings: Ratings;
  readonly replays: Replays;
  readonly agents: Agents;
  readonly preferences: PreferenceStore;
  readonly timings: Timings;
  private readonly database: Database;

  constructor(options: DatabaseOptions = {}) {
    const database = new Database(options);
    this.database = database;
    this.runs = new Runs(database);
    this.generations = new Generations(database);
    this.ratings = new Ratings(database);
    this.replays = new Replays(database);
    this.agents = new Agents(database);
    this.preferences = new PreferenceStore(database);
    this.timings = new Timings(database);
  }

  /** Holds a run for this page; null where another page holds it. @throws StorageError; see `holdRun`. */
  holdRun(id: RunId): Promise<RunLock | null> {
    return holdRun(this.database, id);
  }

  /** Lets the database go; the next call opens it again. */
  close(): Promise<void> {
    return this.database.close();
  }
}
