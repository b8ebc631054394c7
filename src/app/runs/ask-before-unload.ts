import { distinctUntilChanged, EMPTY, fromEvent, map, type Subscription, switchMap } from 'rxjs';
import type { PageStore } from '../shell/page-store';
import type { RunDesk } from './run-desk';

/**
 * Has the browser ask before it closes the page, while something would be lost with it and only then: who is asked for
 * nothing stops reading, and some browsers keep no page ready to come back to that listens.
 */
export function askBeforeUnload(
  window: EventTarget,
  { state$ }: Pick<PageStore, 'state$'>,
  desk: Pick<RunDesk, 'wouldLose'>,
): Subscription {
  return state$
    .pipe(
      map(() => desk.wouldLose),
      distinctUntilChanged(),
      switchMap((wouldLose) => (wouldLose ? fromEvent(window, 'beforeunload') : EMPTY)),
    )
    .subscribe((event) => event.preventDefault());
}
