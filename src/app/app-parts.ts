import type { WorkerFactory } from '../workers/worker-factory';
import type { PageGame, PageGames } from './games/page-game';
import type { ScreenParts } from './screen';
import type { Address } from './shell/address';

/** What a page is put together from, besides what every page has. */
export interface AppParts {
  readonly games: PageGames;
  /** Of a run of that game. */
  readonly workersOf: (game: PageGame) => WorkerFactory;
  readonly address: Pick<Address, 'game' | 'isNamed' | 'isForClass' | 'read' | 'follow' | 'onTyped'>;
  /** What draws games in that element. */
  readonly screenIn: (container: HTMLElement) => ScreenParts;
  /** Whether it is a panel beside somebody's game, on a page that is theirs. */
  readonly isDocked: boolean;
}
