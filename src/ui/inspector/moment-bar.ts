import { html, nothing, type TemplateResult } from 'lit-html';
import type { CapturedUpdate } from '../../contract';
import { inspectorTexts as texts } from '../../texts/inspector';
import type { PageState } from '../shell/page-state';
import { figure } from './formulas';

/** What is done at the bar below the stems. */
export interface MomentActions {
  readonly choose: (step: number) => void;
  readonly toggle: () => void;
  /** Shows the run's game again. */
  readonly goLive: () => void;
  readonly keys: (event: KeyboardEvent) => void;
}

/** Goes from step to step, by hand or by itself. */
export function momentBar(
  { isPictured }: PageState['inspector'],
  { shape }: CapturedUpdate,
  step: number,
  isPlaying: boolean,
  { choose, toggle, goLive, keys }: MomentActions,
): TemplateResult {
  const by = (steps: number) => () => choose(step + steps);
  return html`<div class="moment-bar" data-key="moment">
    <button type="button" class="button" aria-label=${texts.previous} title="${texts.previous} (←)" @click=${by(-1)}>‹</button>
    <button type="button" class="button" title=${texts.keysOf} @click=${toggle}>${isPlaying ? texts.stop : texts.play}</button>
    <button type="button" class="button" aria-label=${texts.next} title="${texts.next} (→)" @click=${by(1)}>›</button>
    <label>${texts.moment} ${step}<input type="range" min="0" max=${shape.steps - 1} .value=${String(step)}
      title=${texts.keysOf} @keydown=${keys}
      @input=${(event: Event) => choose(Number((event.target as HTMLInputElement).value))}></label>
    ${isPictured ? html`<button type="button" class="button" @click=${goLive}>${texts.live}</button>` : nothing}
  </div>`;
}

/** Of a game without states to draw: what the agent went by. */
export function senses(
  { observationSpace }: PageState['spec'],
  { states, shape, observations }: CapturedUpdate,
  step: number,
): TemplateResult | typeof nothing {
  if (states.length > 0) return nothing;
  return html`<details><summary>${texts.senses}</summary><dl class="senses">
    ${observationSpace.names.map(
      (name, index) => html`<dt>${name}</dt>
      <dd>${figure(observations[step * shape.observationSize + index]!)}</dd>`,
    )}</dl></details>`;
}
