import type { Observable } from 'rxjs';
import type { Preferences } from '../../storage/preferences';
import type { RunDesk } from '../runs/run-desk';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';

/** What is drawn over a game is built of. */
export interface OverlayPorts {
  readonly window: Window;
  /** A frame is about to be drawn. */
  readonly frames$: Observable<number>;
  /** Where the game is drawn. */
  readonly screen: { readonly drawn$: Observable<void>; readonly isDrawnInSoftware: boolean };
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: Pick<RunDesk, 'session'>;
  readonly play: { readonly isOnCourt: boolean };
  /** Keeps a choice for the next visit; never throws. */
  readonly remember: (choice: Pick<Preferences, 'overlay'>) => void;
}
