import { PlaytrainError } from '../contract';

/** The error of a file that is refused: what is wrong with it, and what to do. */
export function bad(what: string, remedy: string, options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', `This file was not loaded: ${what}. ${remedy}`, options);
}
