import * as v from 'valibot';
import type { MetricPoint, RunId, RunRecord, RunSlot } from '../contract';
import { type Checked, checkedEntries, type StorageProblem } from './checked';
import type { Database, WriteTransaction } from './database';
import { eachChunk, ThinnedPoints } from './history';
import { keyedEntries } from './keyed-entries';
import type { LeftRuns } from './left-run';
import {
  changeHeldRun,
  checkedRow,
  keptState,
  purgeRun,
  runStores,
  savedRow,
  truncatedRow,
} from './run-files';
import { forkedRow } from './run-fork';
import { newRunId } from './run-id';
import type { RunLock } from './run-lock';
import { newRow, type RunRow, recordOf, runRowSchema } from './run-row';
import type { KeptState, RunSaving } from './run-saving';

/** A run to be kept from now on. */
export interface NewRun extends RunSaving {
  /** One that no other run has; made up where it is left out. */
  readonly id?: RunId;
  readonly origin?: RunRecord['origin'];
  readonly name: string;
  readonly game: string;
  readonly settings: RunRecord['settings'];
  readonly forkOf?: RunRecord['forkOf'];
  /** True where not every update is among the points. */
  readonly thinned?: boolean;
}

/** A run as a page goes on with it. */
export interface OpenedRun {
  readonly record: RunRecord;
  /** Null where none was saved yet, or it cannot be read; `problems` tells then. */
  readonly latest: KeptState | null;
  readonly problems: readonly StorageProblem[];
}

/** A run's history, or an even selection of it. */
export interface KeptHistory {
  readonly points: readonly MetricPoint[];
  /** True where not every update is among the points. */
  readonly thinned: boolean;
}

/**
 * The runs that this browser keeps, by id. Nothing is ever let go but what a person deletes. A record and the files it
 * tells of change in one transaction. Every method throws `StorageError`; after a failure all is as it was.
 */
export class Runs {
  private readonly database: Database;
  private readonly left: LeftRuns;
  private readonly nowMs: () => number;

  constructor(database: Database, left: LeftRuns, nowMs: () => number = Date.now) {
    this.database = database;
    this.left = left;
    this.nowMs = nowMs;
  }

  /** Keeps a new run. Nothing that is kept is touched. */
  create(run: NewRun): Promise<RunRecord> {
    const { id = newRunId(), name, game, settings, origin = 'own', forkOf = null, thinned = false } = run;
    const fresh = newRow({ id, name, game, settings, nowMs: this.nowMs() });
    const row = { ...fresh, origin, forkOf, history: { ...fresh.history, thinned } };
    return this.writing(async (transaction) => {
      const created = await savedRow(transaction, row, run);
      await transaction.objectStore('runs').add(created, created.id);
      return recordOf(created);
    });
  }

  /**
   * Saves what changed of a run since the last time.
   *
   * @param savedAtMs in milliseconds since 1970.
   * @throws StorageError `held` where another page has taken the run over, `missing` where it was deleted,
   * `incomplete` where a checkpoint names an earlier policy that is neither given nor kept.
   */
  save(lock: RunLock, saving: RunSaving, savedAtMs = this.nowMs()): Promise<RunRecord> {
    return this.changing(lock, (transaction, row) => savedRow(transaction, { ...row, savedAtMs }, saving));
  }

  /**
   * Puts down what a page that goes away had not saved of a run, for the next that opens it.
   *
   * @param onto when the run was saved last, as the page knows; of a save that is under way, its time as well.
   */
  leave({ runId }: RunLock, saving: RunSaving, onto: readonly number[]): Promise<void> {
    return this.left.leave(runId, saving, onto, this.nowMs());
  }

  /** Lets a run's history end at `version`, as when it goes back to an earlier state. */
  truncateHistory(lock: RunLock, version: number): Promise<RunRecord> {
    return this.changing(lock, (transaction, row) => truncatedRow(transaction, row, version));
  }

  /** A run as a page goes on with it, which is noted as the last time it was opened. */
  async open(id: RunId): Promise<OpenedRun> {
    const problems: StorageProblem[] = [];
    // Where there is no room for it the run opens as it was saved last.
    await this.left.take(id).catch(() => {});
    const opened = await this.database.read(
      'the run',
      ['runs', 'checkpoints', 'past'],
      async (transaction) => {
        const row = checkedRow(await transaction.objectStore('runs').get(id), id);
        const latest = await keptState(transaction, row, 'latest', problems);
        return { record: recordOf(row), latest, problems };
      },
    );
    // Where there is no room to note it the run can be opened all the same.
    await this.noteOpened(id).catch(() => {});
    return opened;
  }

  /** The training state that a run keeps in a slot; null where there is none, or it cannot be read. */
  async state(id: RunId, slot: RunSlot): Promise<Checked<KeptState | null>> {
    const problems: StorageProblem[] = [];
    const value = await this.database.read(
      'the run',
      ['runs', 'checkpoints', 'past'],
      async (transaction) => {
        const row = checkedRow(await transaction.objectStore('runs').get(id), id);
        return keptState(transaction, row, slot, problems);
      },
    );
    return { value, problems };
  }

  /**
   * Kept runs, those opened last first.
   *
   * @param game of which game; of all when left out.
   */
  async list(game?: string): Promise<Checked<readonly RunRecord[]>> {
    const { value, problems } = await this.all();
    const there = value.filter(
      (run) => run.removedAtMs === null && (game === undefined || run.game === game),
    );
    return { value: there.sort((a, b) => b.openedAtMs - a.openedAtMs), problems };
  }

  /** Deleted runs that can be had back, those deleted last first. */
  async removed(): Promise<readonly RunRecord[]> {
    const { value } = await this.all();
    return value
      .filter(({ removedAtMs }) => removedAtMs !== null)
      .sort((a, b) => (b.removedAtMs ?? 0) - (a.removedAtMs ?? 0));
  }

  /**
   * A run's history, oldest first.
   *
   * @param atMost points are given, evenly spread, with each at which settings changed; all when left out.
   */
  async history(id: RunId, atMost = Number.POSITIVE_INFINITY): Promise<Checked<KeptHistory>> {
    const gathered = new ThinnedPoints(atMost);
    let read = 0;
    const { thinned, problems } = await this.database.read(
      'the run’s history',
      ['runs', 'history'],
      async (transaction) => {
        const row = checkedRow(await transaction.objectStore('runs').get(id), id);
        const found = await eachChunk(transaction.objectStore('history'), id, (points) => {
          read += points.length;
          gathered.add(points);
        });
        return { thinned: row.history.thinned, problems: found };
      },
    );
    const { points } = gathered;
    return { value: { points, thinned: thinned || points.length < read || problems.length > 0 }, problems };
  }

  /**
   * Reads every kept point of a run, oldest first, a stretch at a time, so that a file of all can be written without
   * holding all.
   *
   * @param visit must not wait for anything.
   */
  eachPoints(id: RunId, visit: (points: readonly MetricPoint[]) => void): Promise<readonly StorageProblem[]> {
    return this.database.read('the run’s history', ['history'], (transaction) =>
      eachChunk(transaction.objectStore('history'), id, visit),
    );
  }

  rename(id: RunId, name: string): Promise<RunRecord> {
    return this.changingRow(id, (row) => ({ ...row, name }));
  }

  /**
   * A new run that begins where another stood: its training state, its history up to there, and what it could play
   * against then, with their ratings.
   *
   * @param opened false where it is put aside: the other one stays what was opened last.
   */
  fork(id: RunId, slot: RunSlot, name: string, { opened = true } = {}): Promise<RunRecord> {
    return this.writing(async (transaction) => {
      const source = checkedRow(await transaction.objectStore('runs').get(id), id);
      const forked = await forkedRow(transaction, source, slot, {
        id: newRunId(),
        name,
        nowMs: this.nowMs(),
      });
      const copy = opened ? forked : { ...forked, openedAtMs: source.openedAtMs - 1 };
      await transaction.objectStore('runs').add(copy, copy.id);
      return recordOf(copy);
    });
  }

  /** Deletes a run so that it can be had back: it is not listed and cannot be saved, and its files stay. */
  async remove(lock: RunLock): Promise<void> {
    await this.changing(lock, async (_transaction, row) => ({ ...row, removedAtMs: this.nowMs() }));
  }

  /** Has a deleted run back, as it was. */
  restore(id: RunId): Promise<RunRecord> {
    return this.changingRow(id, (row) => ({ ...row, removedAtMs: null }));
  }

  /** Deletes runs for good: those that were removed up to a time. @returns which they were. */
  async purgeRemoved(untilMs: number): Promise<readonly RunId[]> {
    const purged = await this.writing(async (transaction) => {
      const rows = await transaction.objectStore('runs').getAll();
      const gone = rows.flatMap((entry) => {
        const { success, output } = v.safeParse(runRowSchema, entry);
        return success && output.removedAtMs !== null && output.removedAtMs <= untilMs ? [output] : [];
      });
      for (const row of gone) await purgeRun(transaction, row);
      return gone.map(({ id }) => id);
    });
    await this.left.forget(purged);
    return purged;
  }

  private async all(): Promise<Checked<RunRecord[]>> {
    const entries = await this.database.read('the list of runs', ['runs'], (transaction) =>
      keyedEntries(transaction.objectStore('runs')),
    );
    const { value, problems } = checkedEntries(runRowSchema, entries, 'runs');
    return { value: value.map(recordOf), problems };
  }

  private noteOpened(id: RunId): Promise<RunRecord> {
    return this.changingRow(id, (row) => ({ ...row, openedAtMs: this.nowMs() }));
  }

  private writing<Result>(task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    return this.database.write('the run', runStores, task);
  }

  private changingRow(id: RunId, change: (row: RunRow) => RunRow): Promise<RunRecord> {
    return this.database.write('the run', ['runs'], async (transaction) => {
      const store = transaction.objectStore('runs');
      const row = change(checkedRow(await store.get(id), id));
      await store.put(row, id);
      return recordOf(row);
    });
  }

  private async changing(lock: RunLock, change: Parameters<typeof changeHeldRun>[2]): Promise<RunRecord> {
    return recordOf(await changeHeldRun(this.database, lock, change));
  }
}
