import { html, render } from 'lit-html';
import { unsafeHTML } from 'lit-html/directives/unsafe-html.js';
import { formatBytes } from '../kit/format';
import { changeDetector, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import picture from './loading-picture.svg?raw';
import type { LoadingPart, LoadingState } from './loading-state';

/** In the game's place until it is drawn: the picture that index.html opens with, and how far each part has come. */
export function loadingCard(container: HTMLElement): Panel {
  const changed = changeDetector(({ loading, status }) => [loading, status.phase]);
  // At first index.html has shown it already; later it is not worth a flash.
  container.dataset['first'] = '';
  return {
    update(state) {
      if (!changed(state)) return;
      if (state.loading === null && !container.hidden) delete container.dataset['first'];
      container.hidden = state.loading === null;
      if (state.loading !== null) render(template(state.loading, state), container);
    },
  };
}

function template({ engine, agent }: LoadingState, { status: { phase } }: PageState) {
  const agentIsThere = phase !== 'starting';
  return html`
    ${unsafeHTML(picture)}
    <dl class="loading-parts">
      ${part('Game engine', engine, false)}
      ${part('Agent', agent, agentIsThere)}
    </dl>`;
}

function part(name: string, { bytes, share }: LoadingPart, isThere: boolean) {
  const size = bytes === null ? '' : formatBytes(bytes);
  return html`
    <div class="loading-part">
      <dt>${name}</dt>
      <dd class="quiet">${isThere ? 'ready' : size}</dd>
      <dd class="loading-bar"><progress max="1" .value=${isThere ? 1 : share} aria-label=${name}></progress></dd>
    </div>`;
}
