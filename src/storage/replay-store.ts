import { get, update } from 'idb-keyval';
import { notSaved } from './storage-error';

/** A kept match: its file's text, and what is shown of it without reading that. */
export interface StoredReplay {
  readonly id: string;
  readonly text: string;
  readonly names: readonly [string, string];
  readonly score: readonly [number, number];
  /** Milliseconds since 1970. */
  readonly playedAtMs: number;
}

/** The newest matches of a game that are kept. */
export const replaysKept = 30;
const keyOf = (game: string) => `playtrain/${game}/replays`;

/** @returns a game's kept matches, the newest first; none where storage is closed. */
export async function loadReplays(game: string): Promise<readonly StoredReplay[]> {
  return (await get<readonly StoredReplay[]>(keyOf(game)).catch(() => undefined)) ?? [];
}

/**
 * Keeps a match; the oldest goes when there are too many.
 *
 * @returns all kept ones, the newest first. @throws PlaytrainError `storage-failed`; those kept before are still there.
 */
export async function saveReplay(game: string, replay: StoredReplay): Promise<readonly StoredReplay[]> {
  return changeReplays(game, (before) =>
    [replay, ...before.filter(({ id }) => id !== replay.id)].slice(0, replaysKept),
  );
}

/** @returns those that are left, the newest first. */
export async function forgetReplay(game: string, id: string): Promise<readonly StoredReplay[]> {
  return changeReplays(game, (before) => before.filter((replay) => replay.id !== id));
}

async function changeReplays(
  game: string,
  change: (before: readonly StoredReplay[]) => readonly StoredReplay[],
): Promise<readonly StoredReplay[]> {
  let after: readonly StoredReplay[] = [];
  try {
    await update<readonly StoredReplay[]>(keyOf(game), (before = []) => {
      after = change(before);
      return after;
    });
  } catch (cause) {
    throw notSaved('the match', cause);
  }
  return after;
}
