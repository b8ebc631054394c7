import { distinctUntilChanged, fromEvent, map, merge, type Observable, of, switchMap, timer } from 'rxjs';

/** A browser that restores a context does so within moments. */
const patienceMs = 5_000;

/**
 * Whether a canvas inside `container` lost its drawing context and has not had it back for a while. Emits true and false
 * by turns, nothing as long as all is well.
 */
export function pictureIsLost$(container: HTMLElement, waitMs = patienceMs): Observable<boolean> {
  // These events do not bubble; on their way down they come past.
  const heard = (...names: string[]) =>
    merge(...names.map((name) => fromEvent(container, name, { capture: true })));
  const lost = new Set<EventTarget | null>();
  const lost$ = heard('webglcontextlost', 'contextlost').pipe(map(({ target }) => lost.add(target).size > 0));
  const back$ = heard('webglcontextrestored', 'contextrestored').pipe(
    map(({ target }) => lost.delete(target) && lost.size > 0),
  );
  return merge(lost$, back$).pipe(
    switchMap((isLost) => (isLost ? timer(waitMs).pipe(map(() => true)) : of(false))),
    distinctUntilChanged(),
  );
}
