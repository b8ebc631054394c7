import { html, render } from 'lit-html';
import { fullScreenTexts } from '../../texts/full-screen';
import { icons } from '../kit/icons';
import type { Emit } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';

/** The way back for who has no keys; seen on the whole screen only. */
export const fullScreenFeature = {
  initial: {},
  mount({ place, emit }) {
    const container = document.createElement('div');
    container.className = 'full-screen-end';
    render(endTemplate(emit), container);
    place('.stage').append(container);
    return [];
  },
} satisfies PageFeature;

function endTemplate(emit: Emit) {
  return html`<button type="button" class="button button-icon" aria-label=${fullScreenTexts.leave}
    title=${fullScreenTexts.leave} @click=${() => emit({ kind: 'fullScreen' })}>${icons.smaller}</button>`;
}
