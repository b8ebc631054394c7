import { html, render, svg } from 'lit-html';
import { formatBytes } from '../kit/format';
import { changeDetector, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
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
    ${picture}
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

/** As in index.html, which holds its styles too. */
const picture = svg`
  <svg class="loading-picture" viewBox="0 0 200 130" aria-hidden="true">
    <path class="loading-rail" d="M4 122h192" stroke-width="3" stroke-linecap="round" />
    <g class="loading-cart">
      <g class="loading-pole">
        <path d="M100 96V20" stroke="#e69f00" stroke-width="7" stroke-linecap="round" />
        <circle cx="100" cy="16" r="10" fill="#e69f00" />
      </g>
      <rect x="72" y="92" width="56" height="18" rx="5" fill="#3b82c4" />
      <circle cx="84" cy="113" r="7" fill="#4a535c" />
      <circle cx="116" cy="113" r="7" fill="#4a535c" />
    </g>
  </svg>`;
