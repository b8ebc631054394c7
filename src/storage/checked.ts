import * as v from 'valibot';
import type { StoreName } from './schema';

/** An entry that could not be read. It was left out and left alone. */
export interface StorageProblem {
  readonly store: StoreName | 'earlier version';
  /** Under which it is kept; parts separated by `/`. */
  readonly key: string;
  /** Where in it something is wrong, such as `settings.seed`; empty for the entry as a whole. */
  readonly where: string;
}

/** What could be read, and what could not. */
export interface Checked<Value> {
  readonly value: Value;
  readonly problems: readonly StorageProblem[];
}

/** One entry checked; null where it is not as the schema says, which `problems` then tells. */
export function checkedEntry<Schema extends v.GenericSchema>(
  schema: Schema,
  entry: unknown,
  store: StorageProblem['store'],
  key: IDBValidKey,
  problems: StorageProblem[],
): v.InferOutput<Schema> | null {
  const result = v.safeParse(schema, entry);
  if (result.success) return result.output;
  const [issue] = result.issues;
  problems.push({ store, key: keyText(key), where: v.getDotPath(issue) ?? '' });
  return null;
}

/** Many entries checked; those that are not as the schema says are left out. */
export function checkedEntries<Schema extends v.GenericSchema>(
  schema: Schema,
  entries: readonly { readonly key: IDBValidKey; readonly entry: unknown }[],
  store: StoreName,
): Checked<readonly v.InferOutput<Schema>[]> {
  const problems: StorageProblem[] = [];
  const value = entries.flatMap(({ key, entry }) => {
    const checked = checkedEntry(schema, entry, store, key, problems);
    return checked === null ? [] : [checked];
  });
  return { value, problems };
}

function keyText(key: IDBValidKey): string {
  if (Array.isArray(key)) return key.map(keyText).join('/');
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
}
