import { del, get, set, update } from 'idb-keyval';
import { changedFields, type Hyperparameters, PlaytrainError } from '../contract';
import { forgetAllGenerations } from './generation-store';
import { forgetRunStandings } from './rating-store';
import { notSaved } from './storage-error';

/** A run as it is kept: a `.safetensors` checkpoint and what is shown of it without opening it. */
export interface StoredRun {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly decisions: number;
  readonly meanReturn: number | null;
  /** Milliseconds since 1970. */
  readonly savedAtMs: number;
}

/** `latest` goes on after a reload; `best` had the highest mean return. */
export type RunSlot = 'latest' | 'best';

/** How many runs of one game are kept; the one unused for longest goes first. */
const runsKept = 6;

/**
 * What tells one run of a game from another: the settings that a run cannot change without beginning again.
 *
 * @returns such as `seed=7,hiddenSizes=[32]`; `default` when all are as the game sets them.
 */
export function runIdentity(defaults: Hyperparameters, hyperparameters: Hyperparameters): string {
  const differing = changedFields(defaults, hyperparameters).filter((field) => field.takesHold === 'restart');
  if (differing.length === 0) return 'default';
  return differing.map(({ key }) => `${key}=${JSON.stringify(hyperparameters[key])}`).join(',');
}

const keyOf = (game: string, identity: string, slot: RunSlot) => `playtrain/${game}/${identity}/${slot}`;
const recentKey = (game: string) => `playtrain/${game}/recent`;

/** @returns the identities of a game's kept runs, the newest first. @throws PlaytrainError `storage-failed`. */
export async function recentRuns(game: string): Promise<readonly string[]> {
  return reading(async () => (await get<string[]>(recentKey(game))) ?? []);
}

/** @returns the run kept in a slot, or null. @throws PlaytrainError `storage-failed`. */
export async function loadRun(game: string, identity: string, slot: RunSlot): Promise<StoredRun | null> {
  return reading(async () => (await get<StoredRun>(keyOf(game, identity, slot))) ?? null);
}

/** Replaces what a slot holds. @throws PlaytrainError `storage-failed`; what was kept before is still there then. */
export async function saveRun(game: string, identity: string, slot: RunSlot, run: StoredRun): Promise<void> {
  try {
    await set(keyOf(game, identity, slot), run);
    const dropped: string[] = [];
    await update<string[]>(recentKey(game), (before = []) => {
      const recent = [identity, ...before.filter((other) => other !== identity)];
      dropped.push(...recent.slice(runsKept));
      return recent.slice(0, runsKept);
    });
    for (const old of dropped) await forgetRun(game, old);
  } catch (cause) {
    throw notSaved('the run', cause);
  }
}

/** Empties one slot, such as the best of a run that begins anew. */
export async function forgetSlot(game: string, identity: string, slot: RunSlot): Promise<void> {
  await del(keyOf(game, identity, slot));
}

/** Deletes a run: both slots, and its past with all ratings. */
export async function forgetRun(game: string, identity: string): Promise<void> {
  await Promise.all([del(keyOf(game, identity, 'latest')), del(keyOf(game, identity, 'best'))]);
  await forgetAllGenerations(game, identity);
  await forgetRunStandings(game, identity);
}

async function reading<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new PlaytrainError(
      'storage-failed',
      'The browser would not open its storage, so earlier runs are not shown; private windows often forbid it.',
      { cause },
    );
  }
}
