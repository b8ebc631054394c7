import { filter, interval, map, type Observable, scan, startWith, withLatestFrom } from 'rxjs';

interface Look {
  /** Points that there were. */
  readonly points: number;
  /** Whether there were new ones. */
  readonly isFresh: boolean;
  /** Whether anybody looks: at what is new, and once more after that. */
  readonly isDue: boolean;
}

const none: Look = { points: 0, isFresh: false, isDue: false };

/** When to look at a run whose points come so: as long apart each, while there are new ones, and once more after the last. */
export function looks$(points$: Observable<unknown>, betweenMs: number): Observable<void> {
  const count$ = points$.pipe(
    scan((count) => count + 1, 0),
    startWith(0),
  );
  return interval(betweenMs).pipe(
    withLatestFrom(count$),
    scan((before, [, points]): Look => {
      const isFresh = points > before.points;
      return { points, isFresh, isDue: isFresh || before.isFresh };
    }, none),
    filter(({ isDue }) => isDue),
    map(() => undefined),
  );
}
