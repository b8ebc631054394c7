import * as v from 'valibot';
import { type BackendTiming, backendNames } from '../contract';
import type { Database } from './database';
import { finite } from './entry-parts';

/** Raised when backends become faster or slower by our own doing, so that old timings are taken anew. */
export const timingVersion = 1;

export const timingsSchema: v.GenericSchema<{
  readonly version: number;
  readonly timings: readonly BackendTiming[];
}> = v.object({
  version: finite,
  timings: v.array(
    v.object({
      job: v.picklist(['update', 'act']),
      backend: v.picklist(backendNames.filter((name) => name !== 'auto')),
      milliseconds: finite,
    }),
  ),
});

/** How fast backends were on this machine. */
export class Timings {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** What was timed for `subject` before; null where nothing was, it no longer holds, or storage is closed. */
  async load(subject: string): Promise<readonly BackendTiming[] | null> {
    const entry = await this.database
      .read(
        'timings',
        ['timings'],
        (transaction): Promise<unknown> => transaction.objectStore('timings').get(subject),
      )
      .catch(() => undefined);
    const kept = v.safeParse(timingsSchema, entry);
    return kept.success && kept.output.version === timingVersion ? kept.output.timings : null;
  }

  /** Keeps timings for the next visit. Where storage is closed they are taken anew then. */
  async save(subject: string, timings: readonly BackendTiming[]): Promise<void> {
    await this.database
      .write('timings', ['timings'], (transaction) =>
        transaction.objectStore('timings').put({ version: timingVersion, timings }, subject),
      )
      .catch(() => {});
  }

  /** Lets all timings be taken anew. @throws StorageError */
  async forgetAll(): Promise<void> {
    await this.database.write('timings', ['timings'], (transaction) =>
      transaction.objectStore('timings').clear(),
    );
  }
}
