import { del, get, set } from 'idb-keyval';
import { PlaytrainError } from '../contract';

/** A run as it is kept: a `.safetensors` checkpoint and what is shown of it without opening it. */
export interface StoredRun {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly decisions: number;
  readonly meanReturn: number | null;
  /** Milliseconds since 1970. */
  readonly savedAtMs: number;
}

/** `latest` goes on after a reload; `best` had the highest mean return; `previous` is what a new run replaced. */
export type RunSlot = 'latest' | 'best' | 'previous';

const keyOf = (game: string, slot: RunSlot) => `playtrain/${game}/${slot}`;

/** @returns the run kept in a slot, or null. @throws PlaytrainError `storage-failed`. */
export async function loadRun(game: string, slot: RunSlot): Promise<StoredRun | null> {
  try {
    return (await get<StoredRun>(keyOf(game, slot))) ?? null;
  } catch (cause) {
    throw new PlaytrainError(
      'storage-failed',
      'The browser would not open its storage, so earlier runs are not shown; private windows often forbid it.',
      { cause },
    );
  }
}

/** Replaces what a slot holds. @throws PlaytrainError `storage-failed`; what was kept before is still there then. */
export async function saveRun(game: string, slot: RunSlot, run: StoredRun): Promise<void> {
  try {
    await set(keyOf(game, slot), run);
  } catch (cause) {
    const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    throw new PlaytrainError(
      'storage-failed',
      full
        ? 'The browser’s storage is full, so the run is not being saved; free some space or export the run to a file.'
        : 'The browser would not save the run; export it to a file to keep it.',
      { cause },
    );
  }
}

export async function forgetRun(game: string, slot: RunSlot): Promise<void> {
  await del(keyOf(game, slot));
}
