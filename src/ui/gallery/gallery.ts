import { html, render } from 'lit-html';
import { galleryTexts } from '../../texts/gallery';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { StandingDialog } from '../kit/standing-dialog';
import { pausedToRead } from '../matches/seats';
import type { PageState } from '../shell/page-state';
import { prefersReducedMotion, resolvedTheme } from '../shell/theme';
import { cardAfter } from './card-steps';
import { galleryCard } from './gallery-card';
import { LookedAt } from './looked-at';

/** Every game as a card. The one that is chosen begins, in place of what is on the page. */
export class Gallery implements Panel {
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ games, game, gallery, theme }) => [
    games,
    game,
    gallery,
    theme,
  ]);
  private readonly dialog: StandingDialog;
  private lookedAt: LookedAt | null = null;

  /** @param neighbour what it is put behind while it is open. */
  constructor(neighbour: HTMLElement, emit: Emit) {
    this.emit = emit;
    const onClose = this.ask;
    this.dialog = new StandingDialog({ neighbour, className: 'gallery', titleId: 'gallery-title', onClose });
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    if (!state.gallery.isOpen) {
      this.close();
    } else if (this.dialog.element === null) {
      this.open(state);
    } else {
      this.render(this.dialog.element, state);
    }
  }

  private open(state: PageState): void {
    const pause = pausedToRead(state);
    if (pause !== null) this.emit(pause);
    this.dialog.open((dialog) => {
      // Beside the dialog, on what lies behind it.
      dialog.addEventListener('click', ({ target }) => target === dialog && this.ask());
      dialog.addEventListener('keydown', (event) => this.step(event));
      this.render(dialog, state);
    });
    const { element } = this.dialog;
    // Who asks for less motion sees posters.
    if (element !== null && !prefersReducedMotion()) this.lookedAt = new LookedAt(element, this.look);
  }

  private close(): void {
    this.lookedAt?.dispose();
    this.lookedAt = null;
    this.dialog.close();
  }

  private render(dialog: HTMLDialogElement, { games, game, gallery, theme }: PageState): void {
    const shown = resolvedTheme(theme);
    const choose = (id: string) => {
      if (id !== game) this.emit({ kind: 'chooseGame', game: id });
      this.ask();
    };
    render(
      html`
        <div class="gallery-body">
          <div class="dialog-head">
            <h2 id="gallery-title">${galleryTexts.title}</h2>
            <button type="button" class="button button-icon" aria-label=${galleryTexts.close}
              @click=${this.ask}>${icons.close}</button>
          </div>
          <p class="quiet">${galleryTexts.about}</p>
          <ul class="gallery-cards" role="list">
            ${games.map((each) =>
              galleryCard(each, {
                poster: gallery.posters[each.id]?.[shown],
                isPresent: each.id === game,
                isPlaying: each.id === gallery.playing,
                choose: () => choose(each.id),
              }),
            )}
          </ul>
        </div>`,
      dialog,
    );
  }

  private readonly look = (card: HTMLElement) => {
    const place = card.querySelector<HTMLElement>('.gallery-screen');
    const { game } = card.dataset;
    if (place !== null && game !== undefined) this.emit({ kind: 'previewGame', game, place });
  };

  private readonly ask = () => this.emit({ kind: 'gallery', open: false });

  /** Arrow keys go from card to card. */
  private step(event: KeyboardEvent): void {
    const cards = [...(this.dialog.element?.querySelectorAll<HTMLElement>('.gallery-card') ?? [])];
    const present = cards.indexOf(event.target as HTMLElement);
    if (present < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = cardAfter(event.key, present, cards.length, columnsOf(cards));
    if (next === null) return;
    event.preventDefault();
    cards[next]?.focus();
  }
}

/** How many stand in the first row. */
function columnsOf(cards: readonly HTMLElement[]): number {
  const tops = cards.map((card) => card.getBoundingClientRect().top);
  return tops.filter((top) => top === tops[0]).length;
}
