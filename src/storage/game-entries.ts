import type { Database } from './database';

/** All entries of one game in a store that is keyed by game and id. */
export function gameEntries(
  database: Database,
  what: string,
  name: 'replays' | 'agents',
  game: string,
): Promise<{ key: IDBValidKey; entry: unknown }[]> {
  const range = IDBKeyRange.bound([game], [game, []]);
  return database.read(what, [name], async (transaction) => {
    const store = transaction.objectStore(name);
    const [keys, entries] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
    return keys.map((key, index) => ({ key, entry: entries[index] }));
  });
}
