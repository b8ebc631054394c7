import type { Observable } from 'rxjs';
import type { PageStorage } from '../storage/page-storage';
import { compareFeature } from './compare/compare-feature';
import { doctorFeature } from './doctor/doctor-feature';
import { type AppFeature, now } from './feature';
import { Guide } from './first-minute/guide';
import { PromiseWatch } from './first-minute/promise-watch';
import { fullScreenFeature } from './full-screen/full-screen-feature';
import { Gallery } from './gallery/gallery-feature';
import type { GamePicture } from './game-picture';
import type { PageGames } from './games/page-game';
import { Inspector } from './inspector/inspector-feature';
import { KeptRuns } from './kept/kept-runs';
import type { LessonVisits } from './lessons/lesson-visits';
import { Lessons } from './lessons/lessons-feature';
import { LiveMatches } from './live-matches/live-matches';
import { lockFeature, whileUnlocked } from './lock/lock-feature';
import type { Play } from './matches/play';
import { offlineFeature } from './offline/offline-feature';
import { outsideFeature } from './outside/outside-feature';
import { OverlayFeature } from './overlay/overlay-feature';
import type { OverlayPorts } from './overlay/overlay-ports';
import { Recovery } from './recovery/recovery';
import type { RunDesk } from './runs/run-desk';
import { runsFeature } from './runs/runs-feature';
import { transportFeature } from './runs/transport';
import type { Choices } from './shell/choices';
import type { NoticeBoard } from './shell/notice-board';
import type { PageStore } from './shell/page-store';
import { shellFeature } from './shell/shell-feature';
import { takeOverFeature } from './take-over/take-over';
import { thenAndNowFeature } from './then-and-now/then-and-now-feature';

/** What features are built of. */
export interface AppPorts {
  readonly window: Window;
  /** A frame is about to be drawn. */
  readonly frames$: Observable<number>;
  /** Whether anybody can see the page. */
  readonly visible$: Observable<boolean>;
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly storage: PageStorage;
  readonly games: PageGames;
  readonly desk: RunDesk;
  readonly lessonVisits: LessonVisits;
  readonly play: Play;
  readonly choices: Choices;
  /** Whether it is a panel beside somebody's game. */
  readonly isDocked: boolean;
  readonly screen: OverlayPorts['screen'];
  readonly picture: GamePicture;
  /** Puts a task into the page's turns. */
  readonly inTurn: (task: () => Promise<void>) => void;
}

/**
 * Everything that the page can do. Adding a feature is a folder here, one in `ui`, and an entry in this list and in that
 * of `ui/features.ts`.
 */
export function appFeatures(ports: AppPorts): readonly AppFeature[] {
  const { frames$, store, board, storage, games, desk, play, choices, inTurn } = ports;
  const { remember } = choices;
  return [
    shellFeature({ store, board, remember }),
    whileUnlocked(store, runsFeature({ store, board, desk })),
    transportFeature({ store, desk, isOnCourt: () => play.isOnCourt }),
    new KeptRuns({ storage, store, board, desk, games }),
    new Recovery({ store, board, desk, remember, inTurn, nowMs: () => performance.now() }),
    whileUnlocked(store, doctorFeature({ store, board, desk })),
    { intents: play.intents },
    { intents: { forgetRating: now(() => play.forgetVisitor()) } },
    takeOverFeature({ store, choices, desk, frames$ }),
    new OverlayFeature({ ...ports, remember }),
    lockFeature(store),
    new Inspector({
      store,
      board,
      desk,
      looks: ports.picture.looks,
      show: (stage) => ports.picture.put('moment', stage),
      isOnCourt: () => play.isOnCourt,
    }),
    ...(ports.isDocked ? [] : pageFeatures(ports)),
  ];
}

/** What only a page of its own has. */
function pageFeatures(ports: AppPorts): readonly AppFeature[] {
  const { window, frames$, store, board, storage, games, desk, lessonVisits, visible$, picture } = ports;
  const { choices } = ports;
  return [
    offlineFeature({ window, board, desk, visible$ }),
    new Guide({ store, remember: choices.remember }),
    new PromiseWatch({ store, desk, choices, nowMs: () => performance.now() }),
    fullScreenFeature(window.document),
    new Gallery({ store, games }),
    compareFeature({ store, storage, desk }),
    thenAndNowFeature({ store, storage, desk, games, frames$, looks: picture.looks }),
    new Lessons({ store, board, games, visits: lessonVisits, choices }),
    outsideFeature({ store, desk, looks: picture.looks, show: (stage) => picture.put('served', stage) }),
    new LiveMatches({ store, board, storage, desk }),
  ];
}
