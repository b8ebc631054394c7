import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type Speed, speeds } from '../../contract';
import { formatCount, formatMetric } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { switched } from '../kit/switched';
import { arenaBeside, handOver, otherWay } from './keys';
import type { PageState } from './page-state';
import { speedLabels, speedNames } from './speeds';

/** The bar that stays in reach: restart, play, step, speed. */
export function transport(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector((state) => [
    state.running,
    state.kind,
    state.status.phase === 'starting',
    state.speed,
    state.status.decisions,
    formatMetric(state.status.decisionsPerSecond),
  ]);
  return {
    update(state) {
      if (changed(state)) render(template(state, emit), container);
    },
  };
}

function template({ running, speed, status, kind }: PageState, emit: Emit) {
  // Until there is an agent, nothing can run.
  const isStarting = status.phase === 'starting';
  return html`
    <div class="transport-buttons">
      <button type="button" class="button button-icon" aria-label="Restart" title="Restart from nothing (R)"
        @click=${() => emit({ kind: 'restart' })}>${icons.restart}</button>
      <button type="button" class="button button-play" aria-label=${running ? 'Pause' : 'Play'}
        title=${running ? 'Pause (Space)' : 'Play (Space)'} ?disabled=${isStarting}
        @click=${() => emit(otherWay)}>${running ? icons.pause : icons.play}</button>
      <button type="button" class="button button-icon" aria-label="Step" title="One step, while paused (.)"
        ?disabled=${running || isStarting} @click=${() => emit({ kind: 'step' })}>${icons.step}</button>
    </div>
    <p class="counter">
      <span class="counter-value">${formatCount(status.decisions)}</span>
      <span class="counter-name">decisions<span class="counter-rate">, ${formatMetric(status.decisionsPerSecond)}/s</span></span>
    </p>
    ${kind === 'live' ? nothing : speedChoice(speed, emit)}`;
}

function speedChoice(speed: Speed, emit: Emit) {
  return html`
    <fieldset class="segmented speeds">
      <legend class="visually-hidden">Speed</legend>
      ${speeds.map(
        (each) => html`
          <label title=${speedNames[each]}>
            <input type="radio" name="speed" value=${each} aria-label="${speedLabels[each]}, ${speedNames[each]}"
              .checked=${live(each === speed)} @change=${() => emit({ kind: 'speed', speed: each })} />
            <span>${speedLabels[each]}</span>
          </label>`,
      )}
    </fieldset>`;
}

/** Which arena is in focus, who plays it, and whether the agent learns. */
export function arenaBar(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector((state) => [
    state.focusedArena,
    state.focusPlayer,
    state.hyperparameters.arenas,
    state.kind,
    state.best,
    state.play === null,
    state.learning,
    state.status.phase === 'starting',
  ]);
  return {
    update(state) {
      if (changed(state)) render(arenaTemplate(state, emit), container);
    },
  };
}

function arenaTemplate(state: PageState, emit: Emit) {
  const { focusPlayer, best, learning, play, kind } = state;
  const choosePlayer = (event: Event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    emit({ kind: 'focusPlayer', player: event.target.value as PageState['focusPlayer'] });
  };
  const byPerson = focusPlayer === 'person';
  const isStarting = state.status.phase === 'starting';
  return html`
    ${kind === 'live' ? nothing : arenaStepper(state, emit)}
    <label class="player">
      <span>played by</span>
      <select class="select" .value=${live(focusPlayer)} @change=${choosePlayer}>
        <option value="newest">newest policy</option>
        ${play === null ? html`<option value="frozenBest" ?disabled=${best === null}>best so far</option>` : nothing}
        <option value="frozenNow">policy frozen now</option>
        <option value="person">you</option>
      </select>
    </label>
    <button type="button" class="button take-over" aria-pressed=${byPerson} ?disabled=${isStarting}
      title=${takeOverTitle(kind, byPerson)}
      @click=${() => emit(handOver)}>
      ${icons.hand}<span>${byPerson ? 'Hand back' : 'Take over'}</span><kbd>T</kbd></button>
    <label class="switch learning-switch">
      <input type="checkbox" role="switch" .checked=${live(learning)} ?disabled=${isStarting}
        @change=${switched((on) => emit({ kind: 'learning', on }))} />
      <span>learning</span>
    </label>`;
}

function arenaStepper({ focusedArena, hyperparameters }: PageState, emit: Emit) {
  const { arenas } = hyperparameters;
  const focus = (steps: -1 | 1) => emit((present) => arenaBeside(present, steps));
  return html`
    <div class="arena-stepper" role="group" aria-label="Focused arena">
      <button type="button" class="button button-icon" aria-label="Previous arena" title="Previous arena ([)"
        ?disabled=${arenas < 2} @click=${() => focus(-1)}>${icons.previous}</button>
      <span class="arena-number">arena ${focusedArena + 1}<span class="quiet"> / ${arenas}</span></span>
      <button type="button" class="button button-icon" aria-label="Next arena" title="Next arena (])"
        ?disabled=${arenas < 2} @click=${() => focus(1)}>${icons.next}</button>
    </div>`;
}

function takeOverTitle(kind: PageState['kind'], byPerson: boolean): string {
  if (kind === 'live') return byPerson ? 'Give the game back to the agent (T)' : 'Play the game yourself (T)';
  return byPerson ? 'Give the arena back to the agent (T)' : 'Play the focused arena yourself (T)';
}
