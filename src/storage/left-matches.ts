import * as v from 'valibot';
import { finite } from './entry-parts';

const leftMatchSchema = v.object({
  keys: v.pipe(v.tuple([v.string(), v.string()]), v.readonly()),
  score: v.pipe(finite, v.minValue(0), v.maxValue(1)),
  moves: v.pipe(v.tuple([v.boolean(), v.boolean()]), v.readonly()),
});

/** A match that was being lost when its page was closed, as it counts for ratings. */
export type LeftMatch = Readonly<v.InferOutput<typeof leftMatchSchema>>;

const noteSchema = v.object({
  match: leftMatchSchema,
  /** Which page noted it. */
  page: v.string(),
  /** Since when nobody sees that page; null where it was closed. */
  asideAtMs: v.nullable(finite),
});
type Note = v.InferOutput<typeof noteSchema>;

/** As earlier versions noted it, of pages that were closed. */
const earlierSchema = v.pipe(
  leftMatchSchema,
  v.transform((match): Note => ({ match, page: '', asideAtMs: null })),
);

/** Phones end pages that nobody sees without a word. Whoever has not come back after so long has left. */
const asideMs = 30 * 60_000;

const keyOf = (game: string) => `playtrain/left-matches/${game}`;

/**
 * Notes a match that is being lost while its page closes, or is put where nobody sees it. Such a page waits for no
 * database, so this one note goes to the storage that answers at once. Where there is none, the match counts for
 * nothing. Of each page one note is kept.
 */
export function noteLeftMatch(
  storage: Storage | null,
  game: string,
  match: LeftMatch,
  { page, asideAtMs }: Pick<Note, 'page' | 'asideAtMs'>,
): void {
  write(storage, game, [...notesOfOthers(storage, game, page), { match, page, asideAtMs }]);
}

/** A page is back, and its match goes on. @returns false where what it noted is not there any more: it was counted. */
export function takeBackLeftMatch(storage: Storage | null, game: string, page: string): boolean {
  const all = read(storage, game);
  const others = notesOfOthers(storage, game, page);
  if (others.length < all.length) write(storage, game, others);
  return others.length < all.length;
}

/** The matches that were left for good, which are forgotten with it. */
export function takeLeftMatches(
  storage: Storage | null,
  game: string,
  nowMs = Date.now(),
): readonly LeftMatch[] {
  const all = read(storage, game);
  const mayComeBack = ({ asideAtMs }: Note) => asideAtMs !== null && nowMs - asideAtMs < asideMs;
  if (all.length > 0) write(storage, game, all.filter(mayComeBack));
  return all.filter((note) => !mayComeBack(note)).map(({ match }) => match);
}

function notesOfOthers(storage: Storage | null, game: string, own: string): readonly Note[] {
  return read(storage, game).filter(({ page }) => page !== own);
}

function read(storage: Storage | null, game: string): readonly Note[] {
  try {
    const noted: unknown = JSON.parse(storage?.getItem(keyOf(game)) ?? '[]');
    const result = v.safeParse(v.array(v.union([noteSchema, earlierSchema])), noted);
    return result.success ? result.output : [];
  } catch {
    return [];
  }
}

function write(storage: Storage | null, game: string, notes: readonly Note[]): void {
  try {
    if (notes.length === 0) storage?.removeItem(keyOf(game));
    else storage?.setItem(keyOf(game), JSON.stringify(notes));
  } catch {
    // It is full, or refuses: nothing of the visitor's is lost.
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
