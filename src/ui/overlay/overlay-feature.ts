import { html, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { overlayTexts } from '../../texts/overlay';
import { changeDetector, type Emit } from '../kit/panel';
import { switched } from '../kit/switched';
import type { PageFeature } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';
import { type OverlayState, overlayParts } from './overlay-state';

const initial: OverlayState = { on: false, parts: overlayParts };
const otherWay = ({ overlay }: PageState) => ({ kind: 'overlay', on: !overlay.on }) as const;

/** The switches of what is drawn over the game; that itself is fetched when it is wished for. */
export const overlayFeature = {
  initial: { overlay: initial },
  shortcuts: [{ key: 'v', does: overlayTexts.shortcut, during: ['training'], asks: otherWay }],
  mount({ place, emit }) {
    const container = document.createElement('div');
    container.className = 'overlay-bar';
    container.setAttribute('role', 'group');
    container.setAttribute('aria-label', overlayTexts.name);
    place('.arena-bar').after(container);
    const changed = changeDetector(({ overlay, play }) => [overlay, play?.court == null]);
    return [
      {
        update(state) {
          if (!changed(state)) return;
          container.hidden = state.play?.court != null;
          render(template(state.overlay, emit), container);
        },
      },
    ];
  },
} satisfies PageFeature;

function template({ on, parts }: OverlayState, emit: Emit) {
  return html`
    <button type="button" class="button overlay-button" aria-pressed=${on} title=${overlayTexts.title}
      @click=${() => emit(otherWay)}>${overlayTexts.button}<kbd>V</kbd></button>
    ${
      on
        ? overlayParts.map(
            (part) => html`
              <label class="switch" title=${overlayTexts.meanings[part]}>
                <input type="checkbox" role="switch" .checked=${live(parts.includes(part))}
                  @change=${switched((isOn) => emit({ kind: 'overlayPart', part, on: isOn }))} />
                <span>${overlayTexts.parts[part]}</span>
              </label>`,
          )
        : html`<span class="quiet">${overlayTexts.hint}</span>`
    }`;
}
