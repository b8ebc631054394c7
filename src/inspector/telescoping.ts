import type { Step } from './three-forms';

/** γ^l δ_{t+l}, taken apart: γ^l r + γ^(l+1) V(s′) − γ^l V(s). */
export interface TelescopingLine {
  readonly step: number;
  readonly l: number;
  /** γ^l. */
  readonly weight: number;
  readonly reward: number;
  /** γ^l r, γ^(l+1) V(s′) and −γ^l V(s). */
  readonly terms: { readonly reward: number; readonly next: number; readonly own: number };
  /** Whether the next line takes γ^(l+1) V(s′) away again, and this line what the one before added. */
  readonly nextCancels: boolean;
  readonly ownCancels: boolean;
}

export interface Telescoping {
  readonly lines: readonly TelescopingLine[];
  /** Of all terms, line by line. */
  readonly sum: number;
  /** Of those that nothing takes away: the rewards, the last value and −V(s_t). It is the same. */
  readonly left: number;
}

/** Why the first k surprises, discounted, are the k-step advantage: every value between takes itself away. */
export function telescoping(reached: readonly Step[], discount: number, k: number): Telescoping {
  const used = reached.slice(0, k);
  const lines = used.map(({ step, reward, value, nextValue }, l) => {
    const weight = discount ** l;
    const terms = { reward: weight * reward, next: weight * discount * nextValue, own: -weight * value };
    return { step, l, weight, reward, terms, nextCancels: l < used.length - 1, ownCancels: l > 0 };
  });
  let sum = 0;
  let left = 0;
  for (const { terms, nextCancels, ownCancels } of lines) {
    sum += terms.reward + terms.next + terms.own;
    left += terms.reward + (nextCancels ? 0 : terms.next) + (ownCancels ? 0 : terms.own);
  }
  return { lines, sum, left };
}
