import { html, nothing, type TemplateResult } from 'lit-html';
import type { CapturedUpdate } from '../../contract';
import { backwardView, episodeStart, forwardView } from '../../inspector/td-lambda';
import { telescoping } from '../../inspector/telescoping';
import { reaching, threeForms, weightedKSteps, weightedResiduals } from '../../inspector/three-forms';
import { inspectorTexts as texts } from '../../texts/inspector';
import {
  advantageFormula,
  figure,
  type MomentNumbers,
  residualFormula,
  returnFormula,
  type Sign,
  signs,
} from './formulas';
import type { Shown } from './shown';
import { type Quoted, sourceLine } from './source-line';

/** Terms that are listed; those after them weigh less than can be seen. */
const mostTerms = 12;

/** The chosen step: its formulas with their numbers, and its advantage in three ways. */
export function moment(captured: CapturedUpdate, shown: Shown, step: number): TemplateResult {
  const { supposed } = shown;
  const reached = reaching(supposed, captured.agent, step);
  const forms = threeForms(reached, supposed);
  if (forms === null) return html`<p>${texts.notLearners}</p>`;
  const cell = step * captured.shape.agents + captured.agent;
  const numbers: MomentNumbers = {
    discount: supposed.discount,
    gaeLambda: supposed.gaeLambda,
    ...reached[0]!,
    later: reached.length > 1 ? shown.advantages[cell + captured.shape.agents]! : 0,
    advantage: shown.advantages[cell]!,
    return: shown.returns[cell]!,
  };
  const residuals = weightedResiduals(reached, supposed).slice(0, mostTerms);
  const means = weightedKSteps(reached, supposed).slice(0, mostTerms);
  return html`
    <div class="quoted">
      ${quoted('δ', residualFormula(numbers), 'residual')}
      ${quoted('A', advantageFormula(numbers), 'advantage')}
      ${quoted('R', returnFormula(numbers), 'return')}
    </div>
    <h3>${texts.threeSame}</h3>
    <dl class="forms" data-key="forms">
      <dt>${texts.recursion}</dt><dd>${forms.recursion.toFixed(6)}</dd>
      <dt>${texts.added}</dt><dd>${forms.sum.toFixed(6)}</dd>
      <dt>${texts.averaged}</dt><dd>${forms.mean.toFixed(6)}</dd>
    </dl>
    <div class="two">
      ${terms(
        'sum',
        [signs.l, signs.residual, signs.residualWeight],
        residuals.map(({ residual, weight }, l) => [l, residual, weight]),
      )}
      ${terms(
        'mean',
        [signs.k, signs.kStep, signs.kStepWeight],
        means.map(({ k, advantage, weight }) => [k, advantage, weight]),
      )}
    </div>
    ${telescope(reached, supposed.discount)}
    ${trace(captured, shown, step)}`;
}

function quoted(name: string, formula: TemplateResult, line: Quoted) {
  const { number, text } = sourceLine(line);
  return html`<details open data-key="formula-${name}"><summary>${name}</summary>${formula}
    <code title=${texts.code}>gae.ts:${number} ${text}</code></details>`;
}

const head = ({ formula, name }: Sign) =>
  html`<th scope="col"><span class="visually-hidden">${name}</span>${formula}</th>`;

function terms(
  key: 'sum' | 'mean',
  heads: readonly Sign[],
  rows: readonly (readonly [number, number, number])[],
) {
  return html`<table class="terms" data-key="terms-${key}"><caption>${texts[key]}</caption>
    <thead><tr>${heads.map(head)}</tr></thead>
    <tbody>${rows.map(
      ([index, number, weight]) => html`<tr><td>${index}</td><td>${figure(number)}</td>
        <td><span class="weight" style="--weight:${weight}"></span>${figure(weight)}</td></tr>`,
    )}</tbody></table>`;
}

/** Values that two lines add and take away are struck out. */
function telescope(reached: Parameters<typeof telescoping>[0], discount: number) {
  const { lines, left } = telescoping(reached, discount, Math.min(reached.length, mostTerms));
  const struck = (number: number, cancels: boolean) =>
    cancels ? html`<s>${figure(number)}</s>` : html`<b>${figure(number)}</b>`;
  return html`<details><summary>${texts.telescoping}</summary>
    <table class="terms"><thead><tr>${[signs.l, signs.reward, signs.next, signs.own].map(head)}</tr></thead>
    <tbody>${lines.map(
      ({ l, terms, nextCancels, ownCancels }) => html`<tr><td>${l}</td><td><b>${figure(terms.reward)}</b></td>
        <td>${struck(terms.next, nextCancels)}</td><td>${struck(terms.own, ownCancels)}</td></tr>`,
    )}</tbody>
    <tfoot><tr><td colspan="4">A⁽${lines.length}⁾ = ${figure(left)}</td></tr></tfoot></table></details>`;
}

function trace(captured: CapturedUpdate, shown: Shown, step: number) {
  const { supposed } = shown;
  const start = episodeStart(step, captured, captured.agent);
  const stretch = reaching(supposed, captured.agent, start);
  const index = step - start;
  if (stretch[index] === undefined) return nothing;
  const { discount, gaeLambda } = supposed;
  // Of one weight, this step's: the whole table is the same for every step, and long.
  const own = (at: number) => Float64Array.of(at === index ? 1 : 0);
  return html`<details><summary>${texts.trace}</summary><p>${texts.traceMeaning}</p>
    <dl class="forms">
      <dt>${texts.forward}</dt><dd>${forwardView(stretch, discount, gaeLambda, own)[0]!.toFixed(9)}</dd>
      <dt>${texts.backward}</dt><dd>${backwardView(stretch, discount, gaeLambda, own)[0]!.toFixed(9)}</dd>
    </dl></details>`;
}
