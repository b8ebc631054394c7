import { PlaytrainError, type StorageReason } from '../contract';
import { storageSentences } from '../texts/storage';

export type { StorageReason } from '../contract';

/** A failure of storage: what it was about, and a reason for code. */
export class StorageError extends PlaytrainError {
  readonly reason: StorageReason;

  constructor(reason: StorageReason, what: string, options?: ErrorOptions) {
    super('storage-failed', storageSentences[reason](what), options);
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
