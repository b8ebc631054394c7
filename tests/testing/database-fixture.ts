import { openDB } from 'idb';
import * as v from 'valibot';
import { crc32 } from '../../src/storage/crc32';

/** A whole database as a file: its stores without key paths, and each `Uint8Array` once. */
const fixtureSchema = v.object({
  name: v.string(),
  version: v.number(),
  stores: v.record(v.string(), v.array(v.object({ key: v.unknown(), value: v.unknown() }))),
  bytes: v.array(v.string()),
});
export type DatabaseFixture = v.InferOutput<typeof fixtureSchema>;

/** Reads a fixture. @param url of a gzipped JSON file. */
export async function readFixture(url: string): Promise<DatabaseFixture> {
  const response = await fetch(url);
  const unzipped = response.body?.pipeThrough(new DecompressionStream('gzip'));
  return v.parse(fixtureSchema, await new Response(unzipped).json());
}

/** Writes a fixture's entries into a new database of another name, as the version that it came from would have. */
export async function writeFixture(fixture: DatabaseFixture, name: string): Promise<void> {
  const contents = fixture.bytes.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const database = await openDB(name, fixture.version, {
    upgrade: (made) => {
      for (const store of Object.keys(fixture.stores)) made.createObjectStore(store);
    },
  });
  for (const [store, entries] of Object.entries(fixture.stores)) {
    const transaction = database.transaction(store, 'readwrite');
    for (const { key, value } of entries) {
      await transaction.store.put(revived(value, contents), revived(key, contents) as IDBValidKey);
    }
    await transaction.done;
  }
  database.close();
}

/** Every entry of a database by store and key, as texts that are alike where the entries are. */
export async function databaseTexts(name: string): Promise<Record<string, Record<string, string>>> {
  const database = await openDB(name);
  const stores: Record<string, Record<string, string>> = {};
  for (const store of database.objectStoreNames) {
    const keys = await database.getAllKeys(store);
    const values: unknown[] = await database.getAll(store);
    stores[store] = Object.fromEntries(keys.map((key, index) => [textOf(key), textOf(values[index])]));
  }
  database.close();
  return stores;
}

/** JSON, with a checksum for each typed array. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    ArrayBuffer.isView(each)
      ? `${each.byteLength} bytes, ${crc32(new Uint8Array(each.buffer as ArrayBuffer, each.byteOffset, each.byteLength))}`
      : each,
  );
}

const typedArrays = { $bytes: Uint8Array, $doubles: Float64Array };

function revived(value: unknown, contents: readonly Uint8Array<ArrayBuffer>[]): unknown {
  if (Array.isArray(value)) return value.map((each) => revived(each, contents));
  if (value === null || typeof value !== 'object') return value;
  for (const [mark, Type] of Object.entries(typedArrays)) {
    const index: unknown = Reflect.get(value, mark);
    if (typeof index === 'number') return new Type(contents[index]!.slice().buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revived(each, contents)]));
}
