import { html, nothing, render } from 'lit-html';
import { keyCaps } from '../bindings/key-caps';
import { formatMetric, noValue } from '../kit/format';
import { changeDetector, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import type { TakeOverView } from './take-over-state';

/** Over the game while a person has an arena: the countdown, then what their try comes to, their best and the agent's. */
export function takeOverCard(container: HTMLElement): Panel {
  // Its numbers change ten times a second.
  container.translate = false;
  const changed = changeDetector(({ takeOver, bindings, keyNames }) => [
    takeOver === null,
    bindings,
    keyNames,
    Math.ceil((takeOver?.countdownMs ?? 0) / 1_000),
    ...(takeOver === null ? [] : texts(takeOver)),
  ]);
  return {
    update(state) {
      if (!changed(state)) return;
      container.hidden = state.takeOver === null;
      render(template(state), container);
    },
  };
}

/** Of the present try, the person's best and the agent's mean. */
function texts({ result, present, best, agent }: TakeOverView): readonly string[] {
  return [present, best, agent].map(result === 'time' ? secondsText : formatMetric);
}

function secondsText(seconds: number | null): string {
  return `${seconds === null ? noValue : seconds.toFixed(1)} s`;
}

function template(state: PageState) {
  const { takeOver } = state;
  if (takeOver === null) return nothing;
  const { countdownMs, result, agent } = takeOver;
  const [present, best, mean] = texts(takeOver);
  const results = html`<p class="take-over-times">
    <span>${result === 'time' ? 'you' : 'your return'} <strong class="figure">${present}</strong></span>
    <span>your best <strong class="figure">${best}</strong></span>
    ${agent === null ? nothing : html`<span>the agent <strong class="figure">${mean}</strong></span>`}
  </p>`;
  if (countdownMs <= 0) return results;
  return html`<p class="take-over-countdown" role="timer"><strong>${Math.ceil(countdownMs / 1_000)}</strong> until it is yours</p>
    <p class="take-over-keys">${keyCaps(state, 'second.left', 'second.right')}or ${keyCaps(state, 'first.left', 'first.right')}</p>${results}`;
}
