import { html, mathml, type TemplateResult } from 'lit-html';

/** Three digits after the point, with a real minus. */
export function figure(number: number): string {
  return Number.isNaN(number) ? '–' : number.toFixed(3).replace('-', '−');
}

/** In five signs or six, for columns: fewer digits after the point where there are more before it. */
export function shortFigure(number: number): string {
  if (Number.isNaN(number)) return '–';
  const size = Math.abs(number);
  const digits = size < 9.9995 ? 3 : size < 99.995 ? 2 : size < 999.95 ? 1 : 0;
  return number.toFixed(digits).replace('-', '−');
}

/** What stands in a formula: a name, an operator, or a number that is filled in. */
export type Part =
  | { readonly name: string; readonly sub?: string }
  | { readonly name: string; readonly power: string }
  | { readonly op: string }
  | { readonly is: number }
  /** As it is written. */
  | { readonly digits: string };

const partOf = (part: Part, before: Part | undefined) => {
  // Where a line goes on with one it stands first, and would have no room after it.
  if ('op' in part && /[+−]/.test(part.op)) return mathml`<mo form="infix">${part.op}</mo>`;
  if ('op' in part) return mathml`<mo>${part.op}</mo>`;
  if ('digits' in part) return mathml`<mn>${part.digits}</mn>`;
  if ('is' in part)
    return mathml`<mn>${part.is < 0 && isJoined(before) ? `(${figure(part.is)})` : figure(part.is)}</mn>`;
  if ('power' in part) return mathml`<msup><mi>${part.name}</mi><mn>${part.power}</mn></msup>`;
  return part.sub === undefined
    ? mathml`<mi>${part.name}</mi>`
    : mathml`<msub><mi>${part.name}</mi><mi>${part.sub}</mi></msub>`;
};

export const formula = (...parts: readonly Part[]) =>
  html`<math display="block"><mrow>${parts.map((part, index) => partOf(part, parts[index - 1]))}</mrow></math>`;

/** A formula with its numbers, each term by itself, so that one that is too long for its line goes on in the next. */
export const filledIn = (...parts: readonly Part[]) =>
  html`<div class="filled-in">${termsOf(parts).map((term) => formula(...term))}</div>`;

function termsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const terms: Part[][] = [[]];
  let depth = 0;
  for (const [index, part] of parts.entries()) {
    const sign = 'op' in part ? part.op : null;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    const isBreak = sign === '=' || sign === '+' || sign === '−';
    if (isBreak && depth === 0 && index > 0) terms.push([]);
    terms.at(-1)?.push(part);
  }
  return terms;
}

/** Whether a number's own sign would stand beside the one before it. */
const isJoined = (before: Part | undefined) => before !== undefined && 'op' in before && before.op !== '=';

export const name = (name: string, sub?: string): Part => (sub === undefined ? { name } : { name, sub });
export const power = (name: string, power: string): Part => ({ name, power });
export const op = (sign: string): Part => ({ op: sign });
export const digits = (digits: string): Part => ({ digits });
export const is = (number: number): Part => ({ is: number });

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
    ${filledIn(op('='), is(reward), op('+'), is(discount), op('·'), is(nextValue), op('−'), is(value), op('='), is(residual))}`;
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
    ${filledIn(op('='), is(residual), op('+'), is(discount), op('·'), is(gaeLambda), op('·'), is(later), op('='), is(advantage))}`;
}

/** R = A + V, with its numbers. */
export function returnFormula({ advantage, value, ...numbers }: MomentNumbers): TemplateResult {
  return html`${formula(name('R', 't'), op('='), name('A', 't'), op('+'), name('V', 't'))}
    ${filledIn(op('='), is(advantage), op('+'), is(value), op('='), is(numbers.return))}`;
}

/** A formula that stands in a line, and its name for whoever hears it. */
export interface Sign {
  readonly formula: TemplateResult;
  readonly name: string;
}

const inline = (name: string, content: unknown): Sign => ({
  formula: html`<math aria-hidden="true"><mrow>${content}</mrow></math>`,
  name,
});
const raised = (base: unknown, exponent: string) =>
  mathml`<msup><mrow>${base}</mrow><mrow>${exponentOf(exponent)}</mrow></msup>`;
/** Letters and digits stand as they are, signs as operators. */
const exponentOf = (text: string) =>
  text
    .split('')
    .map((sign) =>
      /[a-z]/i.test(sign)
        ? mathml`<mi>${sign}</mi>`
        : /\d/.test(sign)
          ? mathml`<mn>${sign}</mn>`
          : mathml`<mo stretchy="false">${sign}</mo>`,
    );
const mi = (letter: string) => mathml`<mi>${letter}</mi>`;
const mo = (sign: string) => mathml`<mo stretchy="false">${sign}</mo>`;

/** What stands over the columns of terms. */
export const signs = {
  l: inline('l', mi('l')),
  k: inline('k', mi('k')),
  residual: inline('δ', mi('δ')),
  /** (γλ)^l */
  residualWeight: inline('(γλ)^l', raised([mo('('), mi('γ'), mi('λ'), mo(')')], 'l')),
  /** A^(k) */
  kStep: inline('A^(k)', raised(mi('A'), '(k)')),
  /** (1 − λ)λ^(k−1) */
  kStepWeight: inline('(1−λ)λ^(k−1)', [
    mo('('),
    mathml`<mn>1</mn>`,
    mo('−'),
    mi('λ'),
    mo(')'),
    raised(mi('λ'), 'k−1'),
  ]),
  /** γ^l r */
  reward: inline('γ^l r', [raised(mi('γ'), 'l'), mi('r')]),
  /** + γ^(l+1) V′ */
  next: inline('+ γ^(l+1) V′', [mo('+'), raised(mi('γ'), 'l+1'), mi('V′')]),
  /** − γ^l V */
  own: inline('− γ^l V', [mo('−'), raised(mi('γ'), 'l'), mi('V')]),
};
