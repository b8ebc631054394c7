import type { Database } from './database';
import { keyedEntries } from './keyed-entries';

/** All entries of one game in a store that is keyed by game and id. */
export function gameEntries(
  database: Database,
  what: string,
  name: 'replays' | 'agents',
  game: string,
): Promise<{ key: IDBValidKey; entry: unknown }[]> {
  const range = IDBKeyRange.bound([game], [game, []]);
  return database.read(what, [name], (transaction) => keyedEntries(transaction.objectStore(name), range));
}
