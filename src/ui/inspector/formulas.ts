import { html, mathml, type TemplateResult } from 'lit-html';

/** Three digits after the point, with a real minus. */
export function figure(number: number): string {
  return Number.isNaN(number) ? '–' : number.toFixed(3).replace('-', '−');
}

/** What stands in a formula: a name, an operator, or a number that is filled in. */
type Part =
  | { readonly name: string; readonly sub?: string }
  | { readonly op: string }
  | { readonly is: number };

const partOf = (part: Part) => {
  if ('op' in part) return mathml`<mo>${part.op}</mo>`;
  if ('is' in part) return mathml`<mn>${part.is < 0 ? `(${figure(part.is)})` : figure(part.is)}</mn>`;
  return part.sub === undefined
    ? mathml`<mi>${part.name}</mi>`
    : mathml`<msub><mi>${part.name}</mi><mi>${part.sub}</mi></msub>`;
};

const formula = (...parts: readonly Part[]) =>
  html`<math display="block"><mrow>${parts.map(partOf)}</mrow></math>`;

const name = (name: string, sub?: string): Part => (sub === undefined ? { name } : { name, sub });
const op = (sign: string): Part => ({ op: sign });
const is = (number: number): Part => ({ is: number });

export interface MomentNumbers {
  readonly discount: number;
  readonly gaeLambda: number;
  readonly reward: number;
  readonly value: number;
  readonly nextValue: number;
  readonly residual: number;
  /** A of the step after, 0 where nothing later reaches back. */
  readonly later: number;
  readonly advantage: number;
  readonly return: number;
}

/** δ = r + γ V(s′) − V(s), with its numbers. */
export function residualFormula({
  discount,
  reward,
  value,
  nextValue,
  residual,
}: MomentNumbers): TemplateResult {
  return html`${formula(name('δ', 't'), op('='), name('r', 't'), op('+'), name('γ'), op('·'), name('V', 't+1'), op('−'), name('V', 't'))}
    ${formula(op('='), is(reward), op('+'), is(discount), op('·'), is(nextValue), op('−'), is(value), op('='), is(residual))}`;
}

/** A = δ + γλ A′, with its numbers. */
export function advantageFormula({
  discount,
  gaeLambda,
  residual,
  later,
  advantage,
}: MomentNumbers): TemplateResult {
  return html`${formula(name('A', 't'), op('='), name('δ', 't'), op('+'), name('γ'), name('λ'), op('·'), name('A', 't+1'))}
    ${formula(op('='), is(residual), op('+'), is(discount), op('·'), is(gaeLambda), op('·'), is(later), op('='), is(advantage))}`;
}

/** R = A + V, with its numbers. */
export function returnFormula({ advantage, value, ...numbers }: MomentNumbers): TemplateResult {
  return html`${formula(name('R', 't'), op('='), name('A', 't'), op('+'), name('V', 't'))}
    ${formula(op('='), is(advantage), op('+'), is(value), op('='), is(numbers.return))}`;
}
