import * as v from 'valibot';
import { finite } from './entry-parts';

const leftMatchSchema = v.object({
  keys: v.pipe(v.tuple([v.string(), v.string()]), v.readonly()),
  score: v.pipe(finite, v.minValue(0), v.maxValue(1)),
  moves: v.pipe(v.tuple([v.boolean(), v.boolean()]), v.readonly()),
});

/** A match that was being lost when its page was closed, as it counts for ratings. */
export type LeftMatch = Readonly<v.InferOutput<typeof leftMatchSchema>>;

const keyOf = (game: string) => `playtrain/left-matches/${game}`;

/**
 * Notes a match that is being lost while its page closes. A closing page waits for no database, so this one note goes
 * to the storage that answers at once. Where there is none, the match counts for nothing.
 */
export function noteLeftMatch(storage: Storage | null, game: string, match: LeftMatch): void {
  try {
    storage?.setItem(keyOf(game), JSON.stringify([...read(storage, game), match]));
  } catch {
    // It is full, or refuses: nothing of the visitor's is lost.
  }
}

/** The matches that were noted, which are forgotten with it. */
export function takeLeftMatches(storage: Storage | null, game: string): readonly LeftMatch[] {
  if (storage === null) return [];
  try {
    const matches = read(storage, game);
    storage.removeItem(keyOf(game));
    return matches;
  } catch {
    return [];
  }
}

function read(storage: Storage, game: string): readonly LeftMatch[] {
  try {
    const noted: unknown = JSON.parse(storage.getItem(keyOf(game)) ?? '[]');
    const result = v.safeParse(v.array(leftMatchSchema), noted);
    return result.success ? result.output : [];
  } catch {
    return [];
  }
}

/** The browser's storage that answers at once; null where it refuses. */
export function instantStorage(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
