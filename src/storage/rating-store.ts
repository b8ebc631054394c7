import { get, update } from 'idb-keyval';

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

const keyOf = (game: string) => `playtrain/${game}/ratings`;

/** @returns what is kept; nothing where storage is closed. */
export async function loadStandings(game: string): Promise<Standings> {
  return (await get<Standings>(keyOf(game)).catch(() => undefined)) ?? {};
}

/**
 * Changes a game's standings in one step, so that pages that are open side by side lose none of each other's matches.
 *
 * @param change from what is kept to what is to be kept.
 * @returns what is kept now; `change` of `otherwise` where storage is closed.
 */
export async function changeStandings(
  game: string,
  otherwise: Standings,
  change: (before: Standings) => Standings,
): Promise<Standings> {
  let after = change(otherwise);
  await update<Standings>(keyOf(game), (before) => {
    after = change(before ?? otherwise);
    return after;
  }).catch(() => {});
  return after;
}

/** Forgets how a run's generations are rated. */
export async function forgetRunStandings(game: string, identity: string): Promise<void> {
  const prefix = generationKey(identity, 0).slice(0, -1);
  await changeStandings(game, {}, (before) =>
    Object.fromEntries(Object.entries(before).filter(([key]) => !key.startsWith(prefix))),
  );
}
