import { html, nothing, type TemplateResult } from 'lit-html';
import { galleryTexts } from '../../texts/gallery';
import type { PageState } from '../shell/page-state';

export interface CardLook {
  /** The address of its picture; undefined where there is none. */
  readonly poster: string | undefined;
  /** Whether it is the game on the page. */
  readonly isPresent: boolean;
  /** Whether the game is seen to play. */
  readonly isPlaying: boolean;
  readonly choose: () => void;
}

/** A game as a card that is pressed to choose it. */
export function galleryCard(
  { id, about: { title, summary, novelty } }: PageState['games'][number],
  { poster, isPresent, isPlaying, choose }: CardLook,
): TemplateResult {
  const part = (name: string) => `gallery-${id}-${name}`;
  return html`
    <li>
      <button type="button" class="gallery-card" data-game=${id} aria-current=${isPresent ? 'true' : nothing}
        ?autofocus=${isPresent} aria-labelledby="${part('title')} ${part('present')}"
        aria-describedby="${part('summary')} ${part('novelty')}" @click=${choose}>
        <span class="gallery-picture" data-plays=${isPlaying ? 'true' : nothing}>
          ${
            poster === undefined
              ? nothing
              : // A game that is not as wide as its card stands before its own colours.
                html`<img class="gallery-backdrop" src=${poster} alt="" loading="lazy" />
                  <img class="gallery-poster" src=${poster} alt="" loading="lazy" />`
          }
          <span class="gallery-screen"></span>
        </span>
        <span class="gallery-head">
          <strong id=${part('title')} class="gallery-title">${title}</strong>
          ${isPresent ? html`<span id=${part('present')} class="gallery-present">${galleryTexts.present}</span>` : nothing}
        </span>
        <span id=${part('summary')} class="gallery-summary">${summary}</span>
        ${novelty === undefined ? nothing : html`<span id=${part('novelty')} class="gallery-novelty">${novelty}</span>`}
      </button>
    </li>`;
}
