import type { RunId } from '../contract';
import { checkedEntry } from './checked';
import type { Database } from './database';
import { bytesSchema } from './entry-parts';
import { changeHeldRun, compact, numbered } from './run-files';
import type { RunLock } from './run-lock';
import { generationPlayer } from './standing';

/** Policies of a run's past that one can play against, by version. Every method throws `StorageError`. */
export class Generations {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Versions of the kept ones, ascending. */
  versions(id: RunId): Promise<readonly number[]> {
    return this.database.read('the run’s past', ['generations'], async (transaction) => {
      const keys = await transaction.objectStore('generations').getAllKeys(numbered(id));
      return keys.map(([, version]) => version);
    });
  }

  /** A policy file; null where none is kept, or it cannot be read. */
  load(id: RunId, version: number): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.database.read('the run’s past', ['generations'], async (transaction) => {
      const entry: unknown = await transaction.objectStore('generations').get([id, version]);
      return checkedEntry(bytesSchema, entry, 'generations', [id, version], []);
    });
  }

  /** Keeps a policy file as the run's generation of that version. */
  async save(lock: RunLock, version: number, file: Uint8Array<ArrayBuffer>): Promise<void> {
    const bytes = compact(file);
    await changeHeldRun(this.database, lock, async (transaction, row) => {
      await transaction.objectStore('generations').put(bytes, [row.id, version]);
      return { ...row, generations: { ...row.generations, [version]: bytes.byteLength } };
    });
  }

  /** Deletes some of a run's generations, with their ratings. */
  async remove(lock: RunLock, versions: readonly number[]): Promise<void> {
    if (versions.length === 0) return;
    await changeHeldRun(this.database, lock, async (transaction, row) => {
      const generations = { ...row.generations };
      for (const version of versions) {
        delete generations[version];
        await transaction.objectStore('generations').delete([row.id, version]);
        await transaction.objectStore('standings').delete([row.game, generationPlayer(row.id, version)]);
      }
      return { ...row, generations };
    });
  }
}
