import { html, nothing, render } from 'lit-html';
import { matchFetchTexts } from '../../texts/match-fetch';
import { changeDetector, type Emit, type Panel } from '../kit/panel';

/** On the picture, while who plays in a match is being fetched: that it is on its way, and a way out. */
export function matchFetch(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector(({ play }) => [play?.isFetching, play?.court === null]);
  return {
    update(state) {
      if (!changed(state)) return;
      const { play } = state;
      const isShown = play?.isFetching === true;
      container.hidden = !isShown;
      container.dataset['onCourt'] = String(play?.court !== null);
      render(
        isShown
          ? html`<span role="status">${matchFetchTexts.onItsWay}</span>
              <button type="button" class="button button-compact" @click=${() => emit({ kind: 'leaveCourt' })}>${matchFetchTexts.cancel}</button>`
          : nothing,
        container,
      );
    },
  };
}
