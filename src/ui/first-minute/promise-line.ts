import { html, nothing, render } from 'lit-html';
import { promiseTexts } from '../../texts/first-minute';
import { formatCount } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';

/** On the picture: what learns there, how often it failed so far, and, with a star, that it has managed. */
export function promiseLine(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector((state) => [
    isShown(state),
    state.promise,
    state.game,
    state.kind,
    state.hyperparameters.arenas,
  ]);
  return {
    update(state) {
      if (!changed(state)) return;
      container.hidden = !isShown(state);
      container.dataset['kind'] = state.kind;
      render(isShown(state) ? template(state, emit) : nothing, container);
    },
  };
}

/** Not before there is a picture, and not while a person plays: then another card has the place. */
function isShown({ promise, loading, play, takeOver }: PageState): boolean {
  return promise !== null && loading === null && takeOver === null && (play?.court ?? null) === null;
}

function template({ promise, games, game, hyperparameters }: PageState, emit: Emit) {
  const words = games.find(({ id }) => id === game)?.about.promise;
  if (promise === null || words === undefined) return nothing;
  const { times, reached } = promise;
  const says = reached
    ? html`<span class="promise-star">${icons.star}</span><span>${words.reached(timesText(times))}</span>`
    : html`<span><strong>${words.opening(hyperparameters.arenas)}</strong> ${times === 0 ? nothing : html`<span class="promise-tally">${words.tally(timesText(times))}</span>`}</span>`;
  return html`
    <p>${says}</p>
    <button type="button" class="button button-icon button-small" aria-label=${promiseTexts.putAway}
      title=${promiseTexts.putAway} @click=${() => emit({ kind: 'putPromiseAway' })}>${icons.close}</button>`;
}

function timesText(times: number): string {
  if (times === 0) return promiseTexts.notOnce;
  return times === 1 ? promiseTexts.once : promiseTexts.times(formatCount(times));
}
