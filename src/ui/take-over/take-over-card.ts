import { html, nothing, render } from 'lit-html';
import { changeDetector, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';

/** Over the game while a person has an arena: the countdown, then how long they hold it, their best and the agent's. */
export function takeOverCard(container: HTMLElement): Panel {
  const changed = changeDetector(({ takeOver }) => [
    takeOver === null,
    Math.ceil((takeOver?.countdownMs ?? 0) / 1_000),
    tenths(takeOver?.heldSeconds ?? null),
    takeOver?.bestSeconds,
    takeOver?.agentSeconds,
  ]);
  return {
    update(state) {
      if (!changed(state)) return;
      container.hidden = state.takeOver === null;
      render(template(state), container);
    },
  };
}

const tenths = (seconds: number | null) => (seconds === null ? '–' : seconds.toFixed(1));

function template({ takeOver }: PageState) {
  if (takeOver === null) return nothing;
  const { countdownMs, heldSeconds, bestSeconds, agentSeconds } = takeOver;
  const times = html`<p class="take-over-times">
    <span>you <strong class="figure">${tenths(heldSeconds)} s</strong></span>
    <span>your best <strong class="figure">${tenths(bestSeconds)} s</strong></span>
    ${agentSeconds === null ? nothing : html`<span>the agent <strong class="figure">${tenths(agentSeconds)} s</strong></span>`}
  </p>`;
  if (countdownMs <= 0) return times;
  return html`<p class="take-over-countdown" role="timer"><strong>${Math.ceil(countdownMs / 1_000)}</strong> until it is yours</p>${times}`;
}
