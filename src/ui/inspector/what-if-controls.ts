import { html, type TemplateResult } from 'lit-html';
import { type CapturedUpdate, estimateMistakes } from '../../contract';
import { asUsed, type WhatIf } from '../../inspector/what-if';
import { inspectorTexts as texts } from '../../texts/inspector';
import { figure } from './formulas';
import type { Shown } from './shown';

type Change = (change: Partial<WhatIf>) => void;

/** λ and γ, what they trade, and where they surprise. */
export function settingControls(
  captured: CapturedUpdate,
  shown: Shown,
  change: Change,
  choose: (step: number) => void,
): TemplateResult {
  const { whatIf } = shown;
  const used = asUsed(captured);
  const { spread, correlation } = shown.meter;
  return html`<div class="settings-row">
      ${slider('lambda', whatIf.gaeLambda, used.gaeLambda, texts.lambdaEnds, (gaeLambda) => change({ gaeLambda }))}
      ${slider('gamma', whatIf.discount, used.discount, texts.gammaEnds, (discount) => change({ discount }))}
    </div>
    <dl class="meter" data-key="meter">
      <div title=${texts.spreadMeaning}><dt>${texts.spread}</dt><dd>${spread === null ? texts.oneArena : figure(spread)}</dd></div>
      <div title=${texts.truthMeaning}><dt>${texts.truth}</dt><dd>${correlation === null ? texts.unknown : figure(correlation)}</dd></div>
    </dl>
    <div class="surprises" data-key="surprises" role="group" aria-label=${texts.surprises}><span>${texts.surprises}</span>
      ${shown.surprises.map((step) => {
        const advantage = shown.advantages[step * captured.shape.agents + captured.agent]!;
        return html`<button type="button" class="button" @click=${() => choose(step)}>${texts.surprise(step, figure(advantage))}</button>`;
      })}</div>`;
}

function slider(
  key: 'lambda' | 'gamma',
  value: number,
  used: number,
  ends: readonly [string, string],
  change: (value: number) => void,
): TemplateResult {
  return html`<label class="what-if" data-key=${key}><span><b>${texts[key]} = ${value.toFixed(3)}</b> <small>${texts.used(String(used))}</small></span>
    <span class="track" style="--used:${used}"><input type="range" min="0" max="1" step="0.005" .value=${String(value)}
      @input=${(event: Event) => change(Number((event.target as HTMLInputElement).value))}></span>
    <small class="ends"><span>${ends[0]}</span><span>${ends[1]}</span></small></label>`;
}

/** What would have been with a mistake that people make. */
export function mistakeControls(captured: CapturedUpdate, { whatIf }: Shown, change: Change): TemplateResult {
  return html`<fieldset class="mistakes" data-key="mistakes"><legend>${texts.mistakes}</legend>
    ${estimateMistakes.map(
      (mistake) => html`<label data-key=${mistake}><input type="checkbox" .checked=${whatIf.mistakes[mistake]}
        @change=${(event: Event) =>
          change({
            mistakes: { ...whatIf.mistakes, [mistake]: (event.target as HTMLInputElement).checked },
          })}> <span>${texts.mistake[mistake]}</span></label>`,
    )}
    <button type="button" class="button" data-key="asUsed" @click=${() => change(asUsed(captured))}>${texts.back}</button>
  </fieldset>`;
}
