import { html, type TemplateResult } from 'lit-html';
import { galleryTexts } from '../../texts/gallery';
import { gameTitle } from '../kit/game-title';
import { icons } from '../kit/icons';
import type { Emit } from '../kit/panel';
import type { PageState } from '../shell/page-state';

/** Names the game that is on the page, and opens the gallery. */
export function gameButton({ games, game, gallery }: PageState, emit: Emit): TemplateResult {
  const title = gameTitle(games, game);
  return html`
    <button type="button" class="button game-button" aria-haspopup="dialog" aria-expanded=${gallery.isOpen}
      aria-label=${galleryTexts.open(title)} title=${galleryTexts.openTitle}
      @click=${() => emit({ kind: 'gallery', open: true })}>
      ${icons.games}<span class="game-button-title">${title}</span>${icons.below}
    </button>`;
}
