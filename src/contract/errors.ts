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
  | 'worker-lost'
  | 'storage-failed';

/** An error whose message is a sentence: what was wrong, where, and what to do. */
export class PlaytrainError extends Error {
  readonly code: PlaytrainErrorCode;

  constructor(code: PlaytrainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlaytrainError';
    this.code = code;
  }
}
