import { filter, type Observable, switchMap, take } from 'rxjs';
import { pageTexts } from '../../texts/page';
import type { OfflineIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { RunDesk } from '../runs/run-desk';
import type { NoticeBoard } from '../shell/notice-board';
import { offlineNews$ } from './offline-news';

export interface OfflinePorts {
  readonly window: Window;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
  /** Whether anybody can see the page. */
  readonly visible$: Observable<boolean>;
}

/** The page opens without a network, from the second visit on, and says when a newer release of it is there. */
export function offlineFeature({ window, board, desk, visible$ }: OfflinePorts): AppFeature {
  const intents: IntentHandlers<OfflineIntent> = {
    reload: now(async () => {
      await desk.save();
      window.location.reload();
    }),
  };
  // Everything is fetched for it, which must not be in the way of the first learning.
  const learned$ = desk.begun$.pipe(
    switchMap(({ session }) => session.points$),
    take(1),
  );
  const joined = learned$
    .pipe(
      switchMap(() => offlineNews$({ window, visible$ })),
      filter((news) => news === 'newer'),
    )
    .subscribe(() =>
      board.tellOnce({
        id: 'release',
        severity: 'info',
        message: pageTexts.newRelease,
        actions: [{ label: pageTexts.reload, intent: { kind: 'reload' } }],
      }),
    );
  return { intents, dispose: () => joined.unsubscribe() };
}
