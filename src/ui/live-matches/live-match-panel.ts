import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { liveMatchTexts } from '../../texts/live-matches';
import { formatCount } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { LiveMatchState, Rival } from './live-match-state';

/** Whom one meets, how the match stands, and what matches came to. */
export function liveMatchPanel(container: HTMLElement, emit: Emit, focusGame: () => void): Panel {
  const changed = changeDetector(({ liveMatch }) => [liveMatch]);
  return {
    update(state) {
      const { liveMatch } = state;
      if (container.hidden || !changed(state)) return;
      render(liveMatch === null ? nothing : template(liveMatch, emit, focusGame), container);
    },
  };
}

function template(match: LiveMatchState, emit: Emit, focusGame: () => void): TemplateResult {
  const { isPlayed, roundsToWin, rivals, score } = match;
  const begin = () => {
    emit({ kind: 'beginLiveMatch' });
    focusGame();
  };
  return html`
    <h2>${liveMatchTexts.heading}</h2>
    <p class="quiet">${liveMatchTexts.rules(roundsToWin)}</p>
    ${score === null ? nothing : scoreTemplate(match, score)}
    <fieldset class="segmented play-kinds" ?disabled=${isPlayed}>
      <legend class="visually-hidden">${liveMatchTexts.side}</legend>
      ${([0, 1] as const).map((side) => sideTemplate(side, match, emit))}
    </fieldset>
    <div class="play-start">
      ${
        isPlayed
          ? html`<button type="button" class="button play-button" title=${liveMatchTexts.leaveMeaning}
              @click=${() => emit({ kind: 'leaveLiveMatch' })}>${liveMatchTexts.leave}</button>`
          : html`<button type="button" class="button button-primary play-button"
              @click=${begin}>${icons.play}${score === null ? liveMatchTexts.begin : liveMatchTexts.again}</button>`
      }
    </div>
    <p class="play-standing">
      ${liveMatchTexts.yours} <strong class="figure">${formatCount(Math.round(match.visitor.rating))}</strong>
      <span class="quiet">${match.visitor.matches === 0 ? liveMatchTexts.toBegin : liveMatchTexts.after(match.visitor.matches)}</span>
    </p>
    <fieldset class="ladder" ?disabled=${isPlayed}>
      <legend>${liveMatchTexts.against}</legend>
      ${rivals.map((rival) => rivalTemplate(rival, match, emit))}
    </fieldset>`;
}

function scoreTemplate(
  { winner, moved }: LiveMatchState,
  [own, other]: readonly [number, number],
): TemplateResult {
  return html`
    <p class="live-score" role="status">
      <span class="visually-hidden">${liveMatchTexts.score} </span><strong class="figure">${own} : ${other}</strong>
      ${winner === null ? nothing : html`<span>${winner === 0 ? liveMatchTexts.won : liveMatchTexts.lost}</span>`}
      ${moved === null ? nothing : html`<span class="quiet">${liveMatchTexts.moved(moved)}</span>`}
    </p>`;
}

function sideTemplate(side: 0 | 1, match: LiveMatchState, emit: Emit): TemplateResult {
  return html`
    <label>
      <input type="radio" name="live-side" value=${side} .checked=${live(match.side === side)}
        @change=${() => emit({ kind: 'liveSide', side })} />
      <span>${liveMatchTexts.sides[side]}</span>
    </label>`;
}

function rivalTemplate({ id, name, rating }: Rival, match: LiveMatchState, emit: Emit): TemplateResult {
  const met = match.visitor.against[id];
  return html`
    <label class="rung">
      <input type="radio" name="live-rival" value=${id} .checked=${live(match.rival === id)}
        @change=${() => emit({ kind: 'liveRival', rival: id })} />
      <span class="rung-name">${name}</span>
      <span class="rung-kind">${met === undefined ? '' : liveMatchTexts.record(met.won, met.lost)}</span>
      <span class="rung-rating">${rating === null ? liveMatchTexts.unrated : formatCount(rating)}</span>
    </label>`;
}
