import { html, nothing, type TemplateResult } from 'lit-html';
import type { FormulaName } from '../../lessons/lesson';
import type { Moment } from '../../lessons/moment';
import { type Quantity, quantities } from '../../lessons/quantities';
import { digits, filledIn, formula, is, name, op, type Part, power } from '../inspector/formulas';

const dot = op('·');
const equals = op('=');
const plus = op('+');
const minus = op('−');
const [open, close] = [op('('), op(')')];
const squared = (base: readonly Part[]): readonly Part[] => [...base, dot, ...base];

/** In letters, and, once nothing is to be found out any more, with the step's numbers. */
const formulas: Readonly<
  Record<FormulaName, (of: (quantity: Quantity) => Part) => readonly [readonly Part[], readonly Part[]]>
> = {
  endless: (of) => [
    [
      name('r'),
      plus,
      name('γ'),
      name('r'),
      plus,
      power('γ', '2'),
      name('r'),
      plus,
      op('…'),
      equals,
      name('r'),
      op('/'),
      open,
      digits('1'),
      minus,
      name('γ'),
      close,
    ],
    [equals, of('reward'), op('/'), open, digits('1'), minus, of('discount'), close, equals, of('endless')],
  ],
  came: (of) => [
    [
      name('R', 't'),
      equals,
      name('r', 't'),
      plus,
      name('γ'),
      name('r', 't+1'),
      plus,
      power('γ', '2'),
      name('r', 't+2'),
    ],
    [
      equals,
      of('reward'),
      plus,
      of('discount'),
      dot,
      of('firstLater'),
      plus,
      ...squared([of('discount')]),
      dot,
      of('secondLater'),
      equals,
      of('cameTrue'),
    ],
  ],
  residual: (of) => [
    [name('δ', 't'), equals, name('r', 't'), plus, name('γ'), dot, name('V', 't+1'), minus, name('V', 't')],
    [
      equals,
      of('reward'),
      plus,
      of('discount'),
      dot,
      of('nextValue'),
      minus,
      of('value'),
      equals,
      of('residual'),
    ],
  ],
  residualAtEnd: (of) => [
    [name('δ', 't'), equals, name('r', 't'), plus, name('γ'), dot, digits('0'), minus, name('V', 't')],
    [equals, of('reward'), minus, of('value'), equals, of('residual')],
  ],
  advantage: (of) => [
    [name('A', 't'), equals, name('δ', 't'), plus, name('γ'), name('λ'), dot, name('A', 't+1')],
    [
      equals,
      of('residual'),
      plus,
      of('discount'),
      dot,
      of('lambda'),
      dot,
      name('A', 't+1'),
      equals,
      of('advantage'),
    ],
  ],
  weight: (of) => [
    [name('γ'), name('λ'), dot, name('γ'), name('λ')],
    [equals, ...squared([of('discount'), dot, of('lambda')]), equals, of('weightTwoLater')],
  ],
  ratio: (of) => [
    [name('ratio'), equals, name('π', 'new'), op('/'), name('π', 'old')],
    [equals, of('newProbability'), op('/'), of('oldProbability'), equals, of('ratio')],
  ],
  clip: (of) => [
    [digits('1'), minus, name('ε'), op('≤'), name('ratio'), op('≤'), digits('1'), plus, name('ε')],
    [of('lowerBound'), op('≤'), name('ratio'), op('≤'), of('upperBound')],
  ],
  cut: (of) => [
    [name('R', 't'), equals, name('r', 't'), plus, name('γ'), dot, name('V', 'last')],
    [equals, of('reward'), plus, of('discount'), dot, of('finalValue'), equals, of('cutTarget')],
  ],
};

/** @param moment null while the numbers are not to be seen. */
export function lessonFormula(which: FormulaName, moment: Moment | null): TemplateResult {
  const of = (quantity: Quantity): Part => (moment === null ? op('?') : is(quantities[quantity](moment)));
  const [letters, numbers] = formulas[which](of);
  return html`<div class="lesson-formula" tabindex="0">${formula(...letters)} ${moment === null ? nothing : filledIn(...numbers)}</div>`;
}
