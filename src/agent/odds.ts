import type { ActionComponent, ComponentOdds } from '../contract';

/** One row of what a policy says, and where a component's numbers lie in it. */
interface SaidRow {
  /** `[N, out]`. */
  readonly outputs: Float32Array;
  readonly output: number;
  readonly logStd: Float32Array;
  /** `[N, mask]`. */
  readonly masks: Uint8Array;
  readonly mask: number;
}

/** What a row of a policy's outputs makes likely, component by component. @param row whose first numbers lie at `output` and `mask`. */
export function oddsOf(components: readonly ActionComponent[], row: SaidRow): readonly ComponentOdds[] {
  return components.map((component): ComponentOdds => {
    const first = row.output + component.output;
    if (component.kind === 'axis') {
      const deviation = Math.exp(row.logStd[component.logStd]!);
      return { kind: 'amount', mean: row.outputs[first]!, deviation };
    }
    const logits = row.outputs.subarray(first, first + component.count);
    const { mask } = component;
    const isAllowed = (choice: number) => mask === null || row.masks[row.mask + mask + choice] !== 0;
    const largest = logits.reduce(
      (most, logit, i) => (isAllowed(i) ? Math.max(most, logit) : most),
      -Infinity,
    );
    const weights = Array.from(logits, (logit, i) => (isAllowed(i) ? Math.exp(logit - largest) : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Where a mask forbids everything nothing is likely.
    return { kind: 'choices', odds: weights.map((weight) => (total > 0 ? weight / total : 0)) };
  });
}
