import type { Observable } from 'rxjs';
import type { PageStorage } from '../storage/page-storage';
import type { AppFeature } from './feature';
import type { Play } from './matches/play';
import { offlineFeature } from './offline/offline-feature';
import type { RunDesk } from './runs/run-desk';
import { runsFeature } from './runs/runs-feature';
import { transportFeature } from './runs/transport';
import type { NoticeBoard } from './shell/notice-board';
import type { PageStore } from './shell/page-store';
import { shellFeature } from './shell/shell-feature';

/** What features are built of. */
export interface AppPorts {
  readonly window: Window;
  /** Whether anybody can see the page. */
  readonly visible$: Observable<boolean>;
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: PageStorage;
  readonly desk: RunDesk;
  readonly play: Play;
}

/** Everything that the page can do. Adding a feature is a folder here, one in `ui`, and an entry. */
export function appFeatures(ports: AppPorts): readonly AppFeature[] {
  const { window, visible$, store, board, storage, desk, play } = ports;
  return [
    shellFeature({
      store,
      board,
      // Where storage is closed the choice holds as long as the page is open.
      remember: (choice) => void storage.preferences.save(choice).catch(() => {}),
    }),
    runsFeature({ store, board, desk }),
    transportFeature({ store, desk, isOnCourt: () => play.isOnCourt }),
    offlineFeature({ window, board, desk, visible$ }),
    { intents: play.intents },
  ];
}
