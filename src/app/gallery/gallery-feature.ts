import { PlaytrainError } from '../../contract';
import type { GalleryIntent } from '../../ui/gallery/gallery-state';
import { canDraw } from '../../ui/kit/can-draw';
import { prefersReducedMotion, resolvedTheme } from '../../ui/shell/theme';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { Answer, BorrowedGame, PageGames } from '../games/page-game';
import { NewestAsk } from '../shell/newest-ask';
import type { PageStore } from '../shell/page-store';
import { livePreview } from './live-preview';
import type { Preview } from './preview';
import { simulatedPreview } from './simulated-preview';

interface GalleryPorts {
  readonly store: PageStore;
  readonly games: PageGames;
}

/** The gallery of games: one of them plays in its card as long as somebody looks at it. */
export class Gallery implements AppFeature {
  readonly intents: IntentHandlers<GalleryIntent> = {
    gallery: now(({ open }) => {
      this.end();
      this.patch({ isOpen: open });
    }),
    previewGame: now(({ game, place }) => this.preview(game, place)),
  };
  private readonly ports: GalleryPorts;
  private readonly asks = new NewestAsk();
  private shown: (() => void) | null = null;

  constructor(ports: GalleryPorts) {
    this.ports = ports;
    this.patch({ posters: ports.games.cards?.posters ?? {} });
  }

  dispose(): void {
    this.end();
  }

  /** Lets a game play in `place`, in the place of any other. Where it does not come its poster stays. */
  private async preview(id: string, place: HTMLElement): Promise<void> {
    this.end();
    const {
      store,
      games: { cards },
    } = this.ports;
    const { game, kind, gallery } = store.state;
    // Somebody's own game is on the page already, and there is one of it.
    const isTaken = id === game && kind === 'live';
    if (!gallery.isOpen || isTaken || cards === undefined || !canDraw()) return;
    const isNewest = this.asks.ask();
    try {
      const borrowed = await cards.borrow(id);
      const policy = () => cards.policy(id, borrowed.game.spec);
      await this.show(isNewest, borrowed, policy, place);
      if (isNewest()) this.patch({ playing: id });
    } catch (error) {
      if (!(error instanceof PlaytrainError && error.code === 'not-loaded')) throw error;
    }
  }

  /** Resolves once it is seen, or another was asked for. */
  private async show(
    isNewest: () => boolean,
    borrowed: BorrowedGame,
    policy: () => Promise<Answer | null>,
    place: HTMLElement,
  ): Promise<void> {
    let preview: Preview | null = null;
    const end = () => {
      preview?.end();
      borrowed.giveBack();
    };
    try {
      const { game } = borrowed;
      const answer = isNewest() ? await policy() : null;
      if (!isNewest()) return end();
      preview =
        game.kind === 'live'
          ? livePreview(place, game.visible, answer)
          : await simulatedPreview(place, game, answer, this.looks);
    } catch (error) {
      end();
      throw error;
    }
    if (!isNewest()) return end();
    this.shown = end;
    await preview.drawn;
  }

  private get looks() {
    const { store } = this.ports;
    return { theme: () => resolvedTheme(store.state.theme), reducedMotion: prefersReducedMotion };
  }

  private end(): void {
    this.asks.withdraw();
    this.shown?.();
    this.shown = null;
    if (this.ports.store.state.gallery.playing !== null) this.patch({ playing: null });
  }

  private patch(changes: Partial<PageStore['state']['gallery']>): void {
    const { store } = this.ports;
    store.patch({ gallery: { ...store.state.gallery, ...changes } });
  }
}
