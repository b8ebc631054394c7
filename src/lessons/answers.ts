import type { Answer } from './lesson';
import type { Moment } from './moment';
import { quantities } from './quantities';

/** What became of an answer. */
export type Verdict =
  | { readonly kind: 'right' }
  /** A mistake that many make, by its id. */
  | { readonly kind: 'usual'; readonly id: string }
  | { readonly kind: 'tooHigh' }
  | { readonly kind: 'tooLow' }
  /** Another choice than the right one. */
  | { readonly kind: 'other'; readonly id: string }
  | { readonly kind: 'unreadable' };

/** Three digits after the point are shown, and one may be rounded. */
const leastTolerance = 0.006;

/** A number as people write it: with a point or a comma, any minus, spaces; null where it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll(/\s/g, '').replace(/^[−–]/, '-').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** The number that is right at that step, or the choice. */
export function rightAnswer(answer: Answer, moment: Moment): number | string {
  if (answer.kind === 'number') return quantities[answer.right](moment);
  const [left, right] = answer.compare.map((name) => quantities[name](moment)) as [number, number];
  const off = left - right;
  if (Math.abs(off) <= 1e-3 * Math.max(Math.abs(left), Math.abs(right))) return answer.same;
  return off < 0 ? answer.less : answer.more;
}

/** @param text what somebody wrote, or the id of what they chose. */
export function judge(answer: Answer, moment: Moment, text: string): Verdict {
  const right = rightAnswer(answer, moment);
  if (answer.kind === 'choice') {
    return text === right ? { kind: 'right' } : { kind: 'other', id: text };
  }
  const said = readNumber(text);
  if (said === null) return { kind: 'unreadable' };
  const isNear = (number: number) =>
    Math.abs(said - number) <= Math.max(leastTolerance, answer.relative * Math.abs(number));
  if (isNear(Number(right))) return { kind: 'right' };
  const usual = answer.usual.find(({ is }) => isNear(quantities[is](moment)));
  if (usual !== undefined) return { kind: 'usual', id: usual.id };
  return { kind: said > Number(right) ? 'tooHigh' : 'tooLow' };
}
