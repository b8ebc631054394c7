import { PlaytrainError } from '../contract';

/**
 * A sentence for what the browser's storage would not do.
 *
 * @param what such as “the match”.
 */
export function notSaved(what: string, cause: unknown): PlaytrainError {
  const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return new PlaytrainError(
    'storage-failed',
    full
      ? `The browser’s storage is full, so ${what} is not being saved; free some space or export it to a file.`
      : `The browser would not save ${what}; export it to a file to keep it.`,
    { cause },
  );
}
