import type { RunId } from '../contract';
import { Agents } from './agents';
import type { Checked } from './checked';
import { Database, type DatabaseOptions } from './database';
import { earlierDatabase } from './earlier-entries';
import { exportEverything, exportRuns } from './export-archive';
import { Generations } from './generations';
import { holdRun } from './hold-run';
import { type Imported, importArchive } from './import-archive';
import { instantStorage } from './left-matches';
import { LeftRuns } from './left-run';
import { NotedAhead } from './noted-ahead';
import { PreferenceStore } from './preferences';
import { Ratings } from './ratings';
import { Replays } from './replays';
import type { RunLock } from './run-lock';
import { Runs } from './runs';
import { databaseName, leftSteps } from './schema';
import { measuredSpace, type Space } from './space';
import { type ReadEarlierRun, type TakenOver, takeOver } from './take-over';
import { Timings } from './timings';

export interface PageStorageOptions extends DatabaseOptions {
  /** Where earlier versions kept everything. */
  readonly earlierName?: string;
  /** How long the browser's locks may take to answer. */
  readonly lockPatienceMs?: number;
}

/** Everything that this browser keeps for the page: in one database, and one for what is put down as a page closes. */
export class PageStorage {
  readonly runs: Runs;
  readonly generations: Generations;
  readonly ratings: Ratings;
  readonly replays: Replays;
  readonly agents: Agents;
  readonly preferences: PreferenceStore;
  readonly timings: Timings;
  private readonly database: Database;
  private readonly leftDatabase: Database;
  private readonly left: LeftRuns;
  private readonly earlierName: string;
  private readonly lockPatienceMs: number | undefined;

  constructor(options: PageStorageOptions = {}) {
    this.earlierName = options.earlierName ?? earlierDatabase;
    this.lockPatienceMs = options.lockPatienceMs;
    const database = new Database(options);
    this.database = database;
    this.leftDatabase = new Database({
      ...options,
      name: `${options.name ?? databaseName}-left`,
      steps: leftSteps,
    });
    this.left = new LeftRuns(database, this.leftDatabase);
    this.runs = new Runs(database, this.left);
    this.generations = new Generations(database);
    this.ratings = new Ratings(database);
    this.replays = new Replays(database);
    this.agents = new Agents(database);
    this.preferences = new PreferenceStore(
      database,
      new NotedAhead(instantStorage(window), options.name ?? databaseName),
    );
    this.timings = new Timings(database);
  }

  get rests(): boolean {
    return this.database.rests;
  }

  /** While it rests, whatever is written goes nowhere, and everything that was there stays as it was. */
  rest(on: boolean): void {
    this.database.rests = on;
    this.leftDatabase.rests = on;
  }

  /** Holds a run for this page; null where another page holds it. @throws StorageError; see `holdRun`. */
  holdRun(id: RunId): Promise<RunLock | null> {
    // Whoever holds a run may have to leave it.
    void this.left.prepare();
    return holdRun(this.database, id, this.lockPatienceMs);
  }

  /**
   * Copies what versions before this database kept elsewhere, where that was not done yet; to be waited for before runs
   * are listed. What they kept stays as it is.
   *
   * @throws StorageError; what is not copied then is copied the next time.
   */
  takeOver(readRun: ReadEarlierRun): Promise<TakenOver> {
    return takeOver(this.database, this.earlierName, readRun, Date.now());
  }

  /** Everything that is kept as one file, deleted runs aside. What cannot be read is left out, and told. */
  exportEverything(): Promise<Checked<Blob>> {
    return exportEverything(this.database);
  }

  /** Some runs with all their files as one file. */
  exportRuns(ids: readonly RunId[]): Promise<Checked<Blob>> {
    return exportRuns(this.database, ids);
  }

  /** Takes in what such a file holds, beside what is kept. @throws PlaytrainError `bad-file`; StorageError */
  importArchive(file: Blob): Promise<Imported> {
    return importArchive(this.database, file);
  }

  /** How much is kept, and for how much more there is room. */
  space(): Promise<Space> {
    return measuredSpace(this.database);
  }

  /** Resolves once a database that took too long to open is open after all; null where none does. */
  opensLate(): Promise<void> | null {
    return this.database.opensLate();
  }

  /** Lets the database go; the next call opens it again. */
  async close(): Promise<void> {
    await Promise.all([this.database.close(), this.leftDatabase.close()]);
  }
}
