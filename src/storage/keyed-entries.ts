import type { IDBPObjectStore, StoreKey } from 'idb';
import type { Schema, StoreName } from './schema';

/** What a store holds, or a range of it, with the keys that it is kept under; not checked. */
export async function keyedEntries<Name extends StoreName, Mode extends IDBTransactionMode>(
  store: IDBPObjectStore<Schema, StoreName[], Name, Mode>,
  range?: IDBKeyRange,
): Promise<{ readonly key: StoreKey<Schema, Name>; readonly entry: unknown }[]> {
  const [keys, entries] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  return keys.map((key, index) => ({ key, entry: entries[index] }));
}
