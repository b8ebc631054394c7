import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type MatchSpeed, matchKind, matchSpeeds } from '../../contract';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { isSpeedRefused, matchSpeedMeaning, speedLabels } from '../shell/speeds';
import type { CourtState } from './play-state';

/** What stands in place of the transport and arena bars while a match or a replay is on the court. */
export function matchBar(container: HTMLElement, emit: Emit, focusGame: () => void): Panel {
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
      court?.view.phase === 'over',
    ];
  });
  // Else the arrow keys would go on moving between speeds instead of playing. Keyboard presses have no detail.
  container.addEventListener('click', ({ detail }) => {
    if (detail > 0) focusGame();
  });
  return {
    update(state) {
      if (!changed(state)) return;
      const court = state.play?.court ?? null;
      render(court === null ? nothing : template(court, state.play?.sound === true, emit), container);
    },
  };
}

function template(court: CourtState, sound: boolean, emit: Emit) {
  const { kind, paused, view, kept, setup } = court;
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
    ${
      over && kind === 'match'
        ? html`<button type="button" class="button match-button match-keep" ?disabled=${kept}
            aria-label=${kept ? 'The replay is kept' : 'Keep replay'}
            @click=${() => emit({ kind: 'keepReplay' })}>${icons.keep}<span>${kept ? 'Kept' : 'Keep replay'}</span></button>`
        : nothing
    }
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
