import { get, update } from 'idb-keyval';
import { PlaytrainError } from '../contract';

/** Where a player stands. */
export interface Standing {
  /** Elo. */
  readonly rating: number;
  /** Matches that it rests on. */
  readonly matches: number;
}

/** Of one game's players, by what they are rated under; see `generationKey`. */
export type Standings = Readonly<Record<string, Standing>>;

/** The person at this browser. */
export const visitorKey = 'visitor';

/** Generations are rated by the run they belong to, everybody else by an id of their own. */
export function generationKey(identity: string, version: number): string {
  return `generation/${identity}/${version}`;
}

/** The run and version that a key of `generationKey` names; null for a key of somebody else's. */
export function generationOfKey(key: string): { readonly identity: string; readonly version: number } | null {
  const [, identity, version] = /^generation\/(.*)\/(\d+)$/.exec(key) ?? [];
  return identity === undefined || version === undefined ? null : { identity, version: Number(version) };
}

const keyOf = (game: string) => `playtrain/${game}/ratings`;

/** @returns what is kept; nothing where storage is closed. */
export async function loadStandings(game: string): Promise<Standings> {
  return (await get<Standings>(keyOf(game)).catch(() => undefined)) ?? {};
}

/**
 * Changes a game's standings in one step, so that pages that are open side by side lose none of each other's matches.
 *
 * @param change from what is kept to what is to be kept.
 * @param otherwise what is changed where nothing is kept, or storage would not take the change.
 * @returns how everybody stands now, and why that is not kept: `storage-failed`, null where it is.
 */
export async function changeStandings(
  game: string,
  otherwise: Standings,
  change: (before: Standings) => Standings,
): Promise<{ readonly standings: Standings; readonly failure: PlaytrainError | null }> {
  let standings = otherwise;
  try {
    await update<Standings>(keyOf(game), (before) => {
      standings = change(before ?? otherwise);
      return standings;
    });
    return { standings, failure: null };
  } catch (cause) {
    const message = 'The browser would not save ratings, so they hold only while this page is open.';
    const failure = new PlaytrainError('storage-failed', message, { cause });
    return { standings: change(otherwise), failure };
  }
}

/** Forgets how a run's generations are rated. */
export async function forgetRunStandings(game: string, identity: string): Promise<void> {
  const prefix = generationKey(identity, 0).slice(0, -1);
  await changeStandings(game, {}, (before) =>
    Object.fromEntries(Object.entries(before).filter(([key]) => !key.startsWith(prefix))),
  );
}
