import type { Observable } from 'rxjs';
import type { PageStorage } from '../../storage/page-storage';
import type { StageOptions } from '../game-stage';
import type { PageGames } from '../games/page-game';
import type { RunDesk } from '../runs/run-desk';
import type { PageStore } from '../shell/page-store';

/** What showing two side by side takes of the page. */
export interface ThenAndNowPorts {
  readonly store: PageStore;
  readonly storage: Pick<PageStorage, 'runs' | 'generations'>;
  readonly desk: RunDesk;
  readonly games: Pick<PageGames, 'again' | 'cards'>;
  /** A frame is about to be drawn. */
  readonly frames$: Observable<number>;
  readonly looks: Pick<StageOptions, 'theme' | 'reducedMotion'>;
}
