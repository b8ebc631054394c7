/** The ways in which a request can be refused or fail, for code; the message is for people. */
export type PlaytrainErrorCode =
  | 'bad-settings'
  | 'bad-file'
  /** A recorded match that was played by other rules of its game than those here. */
  | 'other-rules'
  | 'bad-environment'
  | 'bad-actions'
  | 'not-finite'
  | 'inconsistent-update'
  | 'backend-unavailable'
  | 'context-lost'
  /** The browser gives the page nothing to draw on. */
  | 'canvas-refused'
  /** A game that runs without its page asks for the page. */
  | 'needs-page'
  | 'worker-lost'
  | 'storage-failed'
  /** A part of the page that is fetched when it is needed did not come. */
  | 'not-loaded';

/** An error whose message is a sentence: what was wrong, where, and what to do. */
export class PlaytrainError extends Error {
  readonly code: PlaytrainErrorCode;

  constructor(code: PlaytrainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlaytrainError';
    this.code = code;
  }
}

/** A sentence for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Why storage did not do what was asked, for code.
 * - `refused`: the browser lets this page keep nothing: switched off, a private window, no such interface.
 * - `full`: there is no room left.
 * - `newer`: a newer version of this page wrote the database, so this one leaves it alone.
 * - `blocked`: a page of an older version is open and holds the database back.
 * - `lost`: the connection broke or did not answer; the next call opens another.
 * - `corrupt`: what is kept cannot be read. It stays where it is.
 * - `missing`: what was asked for is not kept (any more).
 * - `held`: the run is open in another tab, which is the one that saves it.
 * - `incomplete`: what was to be saved names parts that are neither given nor kept.
 */
export type StorageReason =
  | 'refused'
  | 'full'
  | 'newer'
  | 'blocked'
  | 'lost'
  | 'corrupt'
  | 'missing'
  | 'held'
  | 'incomplete';
