import { PlaytrainError, type StorageReason } from '../contract';

export type { StorageReason } from '../contract';

/** What became of the attempt and what to do, by reason. `what` is such as “the run”. */
const sentences: Readonly<Record<StorageReason, (what: string) => string>> = {
  refused: (what) =>
    `The browser would not open its storage for ${what}; private windows often forbid it. Everything works while this page is open; export what you want to keep.`,
  full: (what) =>
    `The browser’s storage is full, so ${what} is not being saved; free some space or export it to a file.`,
  newer: (what) =>
    `A newer version of this page keeps its data here, so this one left ${what} as it was; reload the page.`,
  blocked: (what) =>
    `Another tab with an older version of this page is in the way of ${what}; close or reload it.`,
  lost: (what) => `The browser’s storage did not answer for ${what}; it is tried again by itself.`,
  corrupt: (what) => `What is kept of ${what} cannot be read; it was left as it is.`,
  missing: (what) => `Nothing is kept of ${what} any more; it may have been deleted in another tab.`,
  held: (what) => `In another tab ${what} is open, and is saved from there; close it there to go on here.`,
  incomplete: (what) => `Parts of ${what} were missing, so what was kept before is still kept.`,
};

/** A failure of storage: what it was about, and a reason for code. */
export class StorageError extends PlaytrainError {
  readonly reason: StorageReason;

  constructor(reason: StorageReason, what: string, options?: ErrorOptions) {
    super('storage-failed', sentences[reason](what), options);
    this.name = 'StorageError';
    this.reason = reason;
  }
}

/** What the browser's own errors stand for. Those that are not named mean that the connection is lost. */
const reasonsByName: Readonly<Record<string, StorageReason>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'refused',
  NotAllowedError: 'refused',
  InvalidAccessError: 'refused',
  DataError: 'corrupt',
  DataCloneError: 'incomplete',
  NotFoundError: 'corrupt',
  NotReadableError: 'corrupt',
};

/** Whatever was thrown, as a failure of storage; one that is already such is given back. */
export function storageError(cause: unknown, what: string, otherwise: StorageReason = 'lost'): StorageError {
  if (cause instanceof StorageError) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  return new StorageError(reasonsByName[name] ?? otherwise, what, { cause });
}
