import { PlaytrainError } from '../contract';

/** What a game gets that asks, out of its page, for what only a page has. @param what it asks for, as in its code. */
export function pageNeeded(what: string): PlaytrainError {
  return new PlaytrainError(
    'needs-page',
    `The game uses ${what}, which there is only in a page, so it cannot run in a worker; it learns in its page instead.`,
  );
}
