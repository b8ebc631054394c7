import * as v from 'valibot';
import type { RunId } from '../contract';
import type { Database, WriteTransaction } from './database';
import { bytesSchema, finite, whole } from './entry-parts';
import { packChunk, readChunk, unpackChunk } from './history-chunk';
import { checkedRow, savedRow } from './run-files';
import { type RunRow, settingsSchema } from './run-row';
import type { Checkpoint, RunSaving } from './run-saving';
import type { StoreName } from './schema';
import { thumbnailPoints } from './thumbnail';

// A page that is closed has time for one write, and for no reading before it. So what is not saved yet is put down as
// it is, and becomes part of the run when the run is opened next.

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
  newPast: v.array(v.object({ name: v.string(), version: whole, bytes: bytesSchema })),
  points: v.unknown(),
});

/**
 * Puts down what a page that goes away had not saved of a run that it holds, in a single write that is begun before
 * this returns.
 *
 * @param onto when the run was saved last, in milliseconds since 1970: where another page saved it since, what is put
 * down here is of another past, and is let go. Of a save that is under way, its time as well.
 * @throws StorageError
 */
export function leaveRun(
  database: Database,
  id: RunId,
  saving: RunSaving,
  onto: readonly number[],
  nowMs: number,
): Promise<void> {
  const { points = [], newPast = [], ...rest } = saving;
  const entry = { ...rest, newPast, points: packChunk(points), onto, leftAtMs: nowMs };
  return database.putAndCommit('the run', 'left', entry, id);
}

/** Makes what a page left of a run part of it. What is damaged, or of another past, is let go. @throws StorageError */
export async function takeLeft(database: Database, id: RunId, stores: readonly StoreName[]): Promise<void> {
  const isThere = await database.read(
    'the run',
    ['left'],
    async (transaction) => (await transaction.objectStore('left').getKey(id)) !== undefined,
  );
  if (!isThere) return;
  await database.write('the run', stores, async (transaction) => {
    const entry: unknown = await transaction.objectStore('left').get(id);
    await transaction.objectStore('left').delete(id);
    const row = checkedRow(await transaction.objectStore('runs').get(id), id);
    const changed = await withLeft(transaction, row, entry);
    if (changed !== null) await transaction.objectStore('runs').put(changed, id);
  });
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
