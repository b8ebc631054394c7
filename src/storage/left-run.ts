import * as v from 'valibot';
import type { RunId } from '../contract';
import type { Database, WriteTransaction } from './database';
import { bytesSchema, finite, whole } from './entry-parts';
import { packChunk, readChunk, unpackChunk } from './history-chunk';
import { checkedRow, runStores, savedRow } from './run-files';
import { type RunRow, settingsSchema } from './run-row';
import type { Checkpoint, RunSaving } from './run-saving';
import { thumbnailPoints } from './thumbnail';

// A page that is closed has time for one write, and for no reading before it. So what is not saved yet is put down as
// it is, in a database that nothing else is written to, and becomes part of the run when the run is opened next.

const checkpointSchema: v.GenericSchema<unknown, Checkpoint> = v.object({
  bytes: bytesSchema,
  version: whole,
  decisions: whole,
  meanReturn: v.nullable(finite),
  past: v.array(v.string()),
});

const leftSchema = v.object({
  /** When the run was saved last, as the page knew; of a save that was under way, either time. */
  onto: v.array(finite),
  leftAtMs: finite,
  settings: v.exactOptional(settingsSchema),
  thumbnail: v.exactOptional(v.pipe(v.array(finite), v.maxLength(thumbnailPoints))),
  latest: v.exactOptional(checkpointSchema),
  best: v.exactOptional(checkpointSchema),
  updates: v.exactOptional(v.array(checkpointSchema)),
  newPast: v.array(v.object({ name: v.string(), version: whole, bytes: bytesSchema })),
  points: v.unknown(),
});

/** What pages that went away had not saved of their runs. */
export class LeftRuns {
  private readonly runs: Database;
  private readonly left: Database;

  /** @param runs keeps the runs. @param left is written to by nobody else, so that nothing is in the way of a page that closes. */
  constructor(runs: Database, left: Database) {
    this.runs = runs;
    this.left = left;
  }

  /** Opens what `leave` writes to: it has no time to wait for that. Never throws. */
  async prepare(): Promise<void> {
    await entryOf(this.left, '').catch(() => {});
  }

  /**
   * Puts down what a page that goes away had not saved of a run that it holds, in a single write that is begun before
   * this returns.
   *
   * @param onto when the run was saved last, in milliseconds since 1970: where another page saved it since, what is put
   * down here is of another past, and is let go. Of a save that is under way, its time as well.
   * @throws StorageError
   */
  leave(id: RunId, saving: RunSaving, onto: readonly number[], nowMs: number): Promise<void> {
    const { points = [], newPast = [], ...rest } = saving;
    const entry = { ...rest, newPast, points: packChunk(points), onto, leftAtMs: nowMs };
    return this.left.putAndCommit('the run', 'left', entry, id);
  }

  /** Makes what a page left of a run part of it. What is damaged, or of another past, is let go. @throws StorageError */
  async take(id: RunId): Promise<void> {
    // Where there is nothing to be read of it the run is as it was saved.
    const entries = [await entryOf(this.runs, id), await entryOf(this.left, id).catch(() => undefined)];
    if (entries.every((entry) => entry === undefined)) return;
    await this.runs.write('the run', runStores, async (transaction) => {
      await transaction.objectStore('left').delete(id);
      let row = checkedRow(await transaction.objectStore('runs').get(id), id);
      for (const entry of entries) row = (await withLeft(transaction, row, entry)) ?? row;
      await transaction.objectStore('runs').put(row, id);
    });
    // One that stays is not of the run’s past any more.
    await this.forget([id]);
  }

  /** Lets go what was left of runs. Never throws. */
  async forget(ids: readonly RunId[]): Promise<void> {
    const deleted = this.left.write('the run', ['left'], async (transaction) => {
      await Promise.all(ids.map((id) => transaction.objectStore('left').delete(id)));
    });
    await deleted.catch(() => {});
  }
}

function entryOf(database: Database, id: RunId): Promise<unknown> {
  return database.read('the run', ['left'], (transaction) => transaction.objectStore('left').get(id));
}

/** The run with what was left of it; null where that does not belong to it. */
async function withLeft(transaction: WriteTransaction, row: RunRow, entry: unknown): Promise<RunRow | null> {
  const left = v.safeParse(leftSchema, entry);
  if (!left.success || row.removedAtMs !== null || !left.output.onto.includes(row.savedAtMs)) return null;
  const { onto: _onto, leftAtMs, points: packed, ...saving } = left.output;
  const chunk = readChunk(packed);
  if (chunk === null) return null;
  const saved = { ...row, savedAtMs: Math.max(leftAtMs, row.savedAtMs) };
  return savedRow(transaction, saved, { ...saving, points: unpackChunk(chunk) });
}
