import * as v from 'valibot';
import { type Checked, checkedEntry, type StorageProblem } from './checked';
import type { Database } from './database';
import { finite } from './entry-parts';
import type { NotedAhead } from './noted-ahead';

/** Each with what holds where nothing was chosen. */
const schemas = {
  theme: v.optional(v.picklist(['auto', 'dark', 'light']), 'auto'),
  /** Type, strokes and contrast for the back of a classroom. */
  large: v.optional(v.boolean(), false),
  /** The first visit's guide is done, or was put away. */
  hintDismissed: v.optional(v.boolean(), false),
  /** A run that collapsed goes back to its best policy without being told. */
  returnsByItself: v.optional(v.boolean(), false),
  /** Letters and digits alone are shortcuts. */
  letterKeys: v.optional(v.boolean(), true),
  /** All settings are shown, not the basic ones alone. */
  allSettings: v.optional(v.boolean(), false),
  sound: v.optional(v.boolean(), true),
  /** Whether what an agent senses and thinks is drawn over the game, and what of it. */
  overlay: v.optional(
    v.object({
      on: v.boolean(),
      parts: v.pipe(v.array(v.picklist(['senses', 'odds', 'value', 'surprise'])), v.readonly()),
    }),
    { on: false, parts: ['senses', 'odds', 'value', 'surprise'] },
  ),
  /** Agents play rating matches in the background. */
  rates: v.optional(v.boolean(), true),
  /** The keys of play (`KeyboardEvent.code`) by what they do; those left out do what they do by default. */
  bindings: v.optional(v.record(v.string(), v.pipe(v.array(v.string()), v.readonly())), {}),
  /** Games whose promise to a first visitor came true, or was put away. */
  promisesOver: v.optional(v.pipe(v.array(v.string()), v.readonly()), []),
  /** How far the person is in lessons, by lesson: the step, and whether questions were right at once, by their ids. */
  lessons: v.optional(
    v.record(
      v.string(),
      v.object({ at: finite, isOver: v.boolean(), results: v.record(v.string(), v.boolean()) }),
    ),
    {},
  ),
  /** The longest that the person held a game, in seconds, by game; of games whose result is a return, it says nothing. */
  bestTakeOver: v.optional(v.record(v.string(), finite), {}),
  /** The best return of an episode that the person played, by game. */
  bestReturn: v.optional(v.record(v.string(), finite), {}),
};

type Schemas = typeof schemas;
type Key = keyof Schemas;

/** What a person chose once and for all. */
export type Preferences = { readonly [K in Key]: v.InferOutput<Schemas[K]> };

const keys = Object.keys(schemas) as readonly Key[];

/** How what grows entry by entry joins what is there: this page may know only a part, and another adds to it as well. */
const joins: { readonly [K in Key]?: (before: Preferences[K], now: Preferences[K]) => Preferences[K] } = {
  promisesOver: (before, now) => [...new Set([...before, ...now])],
  lessons: (before, now) => {
    const over = (lesson: string) => before[lesson]?.isOver === true;
    const entries = Object.entries(now);
    const joined = entries.map(([lesson, kept]) => [
      lesson,
      { ...kept, isOver: kept.isOver || over(lesson) },
    ]);
    return { ...before, ...Object.fromEntries(joined) };
  },
  bestTakeOver: joinedBests,
  bestReturn: joinedBests,
};

/** Of one browser. Every method throws `StorageError`. */
export class PreferenceStore {
  private readonly database: Database;
  private readonly ahead: NotedAhead;

  constructor(database: Database, ahead: NotedAhead) {
    this.database = database;
    this.ahead = ahead;
  }

  /** What was chosen, each by itself: one that cannot be read leaves the others as they are. */
  async load(): Promise<Checked<Preferences>> {
    const entries = await this.database.read('preferences', ['preferences'], (transaction) =>
      Promise.all(keys.map((key): Promise<unknown> => transaction.objectStore('preferences').get(key))),
    );
    const problems: StorageProblem[] = [];
    const ahead = this.knownAhead();
    const read = keys.map((key, index) => {
      const kept = checkedPreference(key, entries[index], problems);
      return [key, key in ahead ? joinedPreference(key, kept, ahead[key]) : kept] as const;
    });
    // What a page that is gone could not put there.
    if (Object.keys(ahead).length > 0 && !this.database.rests) this.put(ahead).catch(() => {});
    return { value: Object.fromEntries(read) as unknown as Preferences, problems };
  }

  /**
   * Keeps what is named and leaves everything else; at once, where the browser lets a page. Of what is kept entry by
   * entry (lessons, bests, promises), entries that are not named stay.
   */
  async save(preferences: Partial<Preferences>): Promise<void> {
    if (this.database.rests) return;
    await this.put(this.ahead.note(preferences, joinedPreference));
  }

  private async put(preferences: Readonly<Record<string, unknown>>): Promise<void> {
    await this.database.write('preferences', ['preferences'], async (transaction) => {
      for (const [key, value] of Object.entries(preferences)) {
        const store = transaction.objectStore('preferences');
        const before: unknown = key in joins ? await store.get(key) : undefined;
        await store.put(joinedPreference(key, before, value), key);
      }
    });
    this.ahead.settle(preferences);
  }

  private knownAhead(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(this.ahead.values).filter(([key, value]) => isPreference(key, value)),
    );
  }
}

/** What holds where nothing was chosen, or storage is closed. */
export const defaultPreferences = Object.fromEntries(
  keys.map((key) => [key, v.getDefaults(schemas[key])]),
) as unknown as Preferences;

/** What is kept under `key` where `before` was; what cannot be read counts as nothing. */
export function joinedPreference(key: string, before: unknown, now: unknown): unknown {
  const join: ((before: never, now: never) => unknown) | undefined = joins[key as Key];
  const canJoin = join !== undefined && before !== undefined && isPreference(key, before);
  return canJoin && isPreference(key, now) ? join(before as never, now as never) : now;
}

/** Of each game the better of both. */
export function joinedBests(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const entries = Object.entries(now).map(([key, value]) => [key, Math.max(value, before[key] ?? value)]);
  return { ...before, ...Object.fromEntries(entries) };
}

function checkedPreference(key: Key, entry: unknown, problems: StorageProblem[]): unknown {
  return checkedEntry(schemas[key], entry, 'preferences', key, problems) ?? defaultPreferences[key];
}

/** Whether `value` can be kept under `key`: from a file, neither is known. */
export function isPreference(key: string, value: unknown): boolean {
  const schema = keys.find((known) => known === key);
  return schema !== undefined && v.is(schemas[schema], value);
}
