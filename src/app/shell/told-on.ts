import { Declined } from '../runs/gate';
import type { DispatcherEvents } from './dispatcher';
import { failureNotice, type NoticeBoard } from './notice-board';

/**
 * Tells on the board what becomes of intents. What failed stands there until the same goes well, or another run is
 * shown; of what a person decided otherwise there is nothing to tell.
 */
export function toldOn(board: NoticeBoard): DispatcherEvents {
  const tell = (about: string, error: unknown) => {
    if (!(error instanceof Declined)) board.tell(failureNotice(about, error), 'run');
  };
  return {
    succeeded: ({ kind }) => board.settled(kind),
    failed: ({ kind }, error) => tell(kind, error),
    broken: (error) => tell('page', error),
  };
}
