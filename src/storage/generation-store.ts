import { delMany, get, set, update } from 'idb-keyval';
import { notSaved } from './storage-error';

const indexKey = (game: string, identity: string) => `playtrain/${game}/${identity}/generations`;
const fileKey = (game: string, identity: string, version: number) =>
  `playtrain/${game}/${identity}/generation/${version}`;

/** @returns the versions of a run's kept generations, ascending; none where storage is closed. */
export async function keptGenerations(game: string, identity: string): Promise<readonly number[]> {
  return (await get<readonly number[]>(indexKey(game, identity)).catch(() => undefined)) ?? [];
}

/** @returns a generation's policy file, or null. */
export async function loadGeneration(
  game: string,
  identity: string,
  version: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const key = fileKey(game, identity, version);
  return (await get<Uint8Array<ArrayBuffer>>(key).catch(() => undefined)) ?? null;
}

/** Keeps a policy file as the run's generation of that version. @throws PlaytrainError `storage-failed`. */
export async function saveGeneration(
  game: string,
  identity: string,
  version: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    await set(fileKey(game, identity, version), bytes);
    await update<readonly number[]>(indexKey(game, identity), (before = []) =>
      [...before.filter((other) => other !== version), version].sort((a, b) => a - b),
    );
  } catch (cause) {
    throw notSaved('the run’s past', cause);
  }
}

/** Deletes some of a run's generations. */
export async function forgetGenerations(
  game: string,
  identity: string,
  versions: readonly number[],
): Promise<void> {
  if (versions.length === 0) return;
  const gone = new Set(versions);
  await update<readonly number[]>(indexKey(game, identity), (before = []) =>
    before.filter((version) => !gone.has(version)),
  );
  await delMany(versions.map((version) => fileKey(game, identity, version)));
}

/** Deletes all of a run's generations. */
export async function forgetAllGenerations(game: string, identity: string): Promise<void> {
  await forgetGenerations(game, identity, await keptGenerations(game, identity));
}
