import { type GamePresets, loadModule, PlaytrainError } from '../../contract';
import { loadGame, games as simulated } from '../../game/catalogue';
import { pageTexts } from '../../texts/page';
import { cardPolicy } from './card-policies';
import { endGame } from './end-game';
import type { FramedGame } from './frame/frame-door';
import { type LiveListing, liveGames } from './live-listings';
import { openLive, presetsOf } from './open-live';
import type {
  BorrowedGame,
  GameCards,
  ListedGame,
  LiveGame,
  PageGame,
  PageGames,
  ShownGame,
} from './page-game';
import { postersOf } from './posters';
import { simulatedGame } from './simulated-game';

/** Every game of ours. A live one is begun once a page, however often it is asked for. */
class OurGames implements PageGames {
  readonly list: PageGames['list'];
  readonly cards: GameCards;
  private readonly opened = new Map<string, Promise<LiveGame>>();
  /** Who has a live game for a while, or waits for it: their number. */
  private readonly borrowers = new Map<string, number>();
  /** Those that stay. */
  private readonly kept = new Set<string>();

  constructor() {
    const [first, ...others] = simulated;
    this.list = [listed(first), ...others.map(listed), ...liveGames.map(listed)];
    this.cards = { posters: postersOf(this.list), policy: cardPolicy, borrow: (id) => this.borrow(id) };
  }

  async load(id: string): Promise<PageGame> {
    const live = this.found(id);
    if (live === null) return simulatedGame(id);
    this.kept.add(id);
    return this.opening(live);
  }

  private async borrow(id: string): Promise<BorrowedGame> {
    const live = this.found(id);
    if (live === null) return { game: await simulatedGame(id), giveBack: () => {} };
    this.borrowers.set(id, this.borrowersOf(id) + 1);
    const leave = () => this.borrowers.set(id, this.borrowersOf(id) - 1);
    let isBorrowed = true;
    try {
      const game = await this.opening(live);
      const giveBack = () => {
        if (!isBorrowed) return;
        isBorrowed = false;
        leave();
        // Of what a game keeps outside its scenes there is one for all of the page, so that it never runs twice.
        if (this.borrowersOf(id) > 0 || this.kept.has(id) || !this.opened.delete(id)) return;
        endGame(game.visible);
      };
      return { game, giveBack };
    } catch (error) {
      leave();
      throw error;
    }
  }

  private borrowersOf(id: string): number {
    return this.borrowers.get(id) ?? 0;
  }

  async again(id: string, place: HTMLElement): Promise<FramedGame> {
    const { openGameFrame } = await loadModule('The game’s frame', () => import('./frame/game-frame'));
    return openGameFrame(id, place);
  }

  async presets(id: string): Promise<GamePresets> {
    const live = this.found(id);
    return live === null ? (await loadGame(id)).presets : presetsOf(live);
  }

  async before(id: string): Promise<ShownGame> {
    const live = this.found(id);
    if (live === null) return simulatedGame(id);
    // Its numbers are known once it has begun.
    const [{ id: first }] = simulated;
    const { spec, presets } = await simulatedGame(first);
    return { kind: 'live', about: live.about, presets, spec: { ...spec, game: id } };
  }

  private opening(live: LiveListing): Promise<LiveGame> {
    const before = this.opened.get(live.id);
    if (before !== undefined) return before;
    const game = openLive(live);
    this.opened.set(live.id, game);
    // It may come the next time.
    game.catch(() => this.opened.delete(live.id));
    return game;
  }

  /** @returns null where it is no live game. */
  private found(id: string): LiveListing | null {
    if (!this.list.some((game) => game.id === id)) {
      const ids = this.list.map((game) => game.id).join(', ');
      throw new PlaytrainError('bad-settings', pageTexts.noGame(id, ids));
    }
    return liveGames.find((game) => game.id === id) ?? null;
  }
}

export const ourGames: PageGames = new OurGames();

function listed({ id, about }: ListedGame): ListedGame {
  return { id, about };
}
