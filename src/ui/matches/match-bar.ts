import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type MatchSpeed, matchKind, matchSpeeds } from '../../contract';
import { replayTexts } from '../../texts/replays';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { isSpeedRefused, matchSpeedMeaning, speedLabels } from '../shell/speeds';
import type { CourtState } from './play-state';
import { ScrubBar } from './scrub-bar';

/** What stands in place of the transport and arena bars while a match or a replay is on the court. */
export function matchBar(container: HTMLElement, emit: Emit, focusGame: () => void): Panel {
  const scrubBar = new ScrubBar(emit);
  const changed = changeDetector(({ play }) => {
    const court = play?.court ?? null;
    return [
      play?.sound,
      court === null,
      court?.kind,
      court?.paused,
      court?.speed,
      court?.learning,
      court?.kept,
      court?.setup,
      court?.replay?.tick,
      court?.replay?.points,
      court?.view.phase === 'over',
    ];
  });
  // Else the arrow keys would go on moving between speeds instead of playing. Keyboard presses have no detail.
  container.addEventListener('click', ({ detail, target }) => {
    const isSlider = target instanceof Element && target.matches('input[type="range"]');
    if (detail > 0 && !isSlider) focusGame();
  });
  return {
    update(state) {
      if (!changed(state)) return;
      const court = state.play?.court ?? null;
      const bar = (shown: CourtState) =>
        template(shown, state.play?.sound === true, scrubBar.template(shown, state.spec.tickMs), emit);
      render(court === null ? nothing : bar(court), container);
    },
  };
}

function template(court: CourtState, sound: boolean, scrub: unknown, emit: Emit) {
  const { kind, paused, view, setup } = court;
  const over = view.phase === 'over';
  const isFromStart = kind === 'replay' || setup.practisesServes === true;
  const again = isFromStart ? 'From the start' : 'Rematch';
  return html`
    <div class="transport-buttons">
      <button type="button" class="button button-play" ?disabled=${over} aria-label=${paused ? 'Resume' : 'Pause'}
        title=${paused ? 'Resume (P)' : 'Pause (P or Esc)'}
        @click=${() => emit(({ play }) => ({ kind: 'pauseMatch', on: play?.court?.paused !== true }))}>${paused ? icons.play : icons.pause}</button>
      <button type="button" class="button match-button match-again" aria-label=${again} title="${again}${over ? ' (R)' : ''}"
        @click=${() => emit({ kind: 'rematch' })}>${icons.restart}<span>${again}</span></button>
      <button type="button" class="button match-button" aria-label="Leave the court"
        title="${leaveMeaning(court)}"
        @click=${() => emit({ kind: 'leaveCourt' })}>${icons.leave}<span>Leave</span></button>
    </div>
    ${over || kind === 'replay' ? keepButtons(court, emit) : nothing}
    ${scrub}
    <div class="match-right">
      <button type="button" class="button button-icon" aria-pressed=${sound} aria-label="Sound"
        title="Sound ${sound ? 'on' : 'off'} (M)"
        @click=${() => emit(({ play }) => ({ kind: 'sound', on: play?.sound !== true }))}>${sound ? icons.sound : icons.muted}</button>
      <fieldset class="segmented speeds">
        <legend class="visually-hidden">Speed of the match</legend>
        ${matchSpeeds.map((speed) => speedTemplate(court, speed, emit))}
      </fieldset>
    </div>`;
}

/** Keeps what can be shown again; a replay is handed on from here, too. */
function keepButtons({ kind, kept }: CourtState, emit: Emit) {
  const meaning = kept ? replayTexts.isKept : replayTexts.keep;
  return html`
    <div class="transport-buttons match-keep">
      <button type="button" class="button match-button" aria-disabled=${kept} aria-label=${meaning} title=${meaning}
        @click=${kept ? nothing : () => emit({ kind: 'keepReplay' })}>${icons.keep}<span>${kept ? replayTexts.kept : replayTexts.keep}</span></button>
      ${
        kind === 'match'
          ? nothing
          : html`<button type="button" class="button match-button" aria-label=${replayTexts.share}
              title=${replayTexts.shareMeaning}
              @click=${() => emit({ kind: 'shareReplay', id: null })}>${icons.link}<span>${replayTexts.share}</span></button>`
      }
    </div>`;
}

function leaveMeaning({ kind, setup, view }: CourtState): string {
  const isAtStake = kind === 'match' && matchKind(setup) === 'person' && setup.practisesServes !== true;
  const counts = isAtStake && view.phase !== 'over';
  return `Leave the court; training goes on${counts ? '. A match that you are losing counts as lost' : ''}`;
}

function speedTemplate(court: CourtState, speed: MatchSpeed, emit: Emit) {
  const refused = isSpeedRefused(court, speed);
  const meaning = matchSpeedMeaning(court, speed);
  return html`
    <label title=${meaning} class=${refused ? 'refused' : ''}>
      <input type="radio" name="match-speed" value=${speed} ?disabled=${refused}
        aria-label="${speedLabels[speed]}, ${meaning}" .checked=${live(speed === court.speed)}
        @change=${() => emit({ kind: 'matchSpeed', speed })} />
      <span>${speedLabels[speed]}</span>
    </label>`;
}
