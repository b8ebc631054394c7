import { followingValue } from '../../agent/gae';
import type { CapturedUpdate } from '../../contract';
import { type BiasVariance, biasVariance, returnsThatCame } from '../../inspector/bias-variance';
import { surprises } from '../../inspector/surprises';
import { asUsed, estimate, residuals, type Supposed, suppose, type WhatIf } from '../../inspector/what-if';

/** All that is shown of a captured update under some settings. */
export interface Shown {
  readonly captured: CapturedUpdate;
  readonly whatIf: WhatIf;
  readonly supposed: Supposed;
  readonly advantages: Float32Array; // [T, N]
  readonly returns: Float32Array; // [T, N]
  readonly residuals: Float32Array; // [T, N]
  /** What really came, see `returnsThatCame`. */
  readonly came: Float64Array; // [T, N]
  readonly meter: BiasVariance;
  readonly surprises: readonly number[];
  /** V(s′) of a step of the agent. */
  nextValue(step: number): number;
  /** The agent's advantage as a minibatch saw it; NaN where that is not known. */
  normalised(step: number): number;
}

/**
 * Under the update's own settings, what it used itself.
 *
 * @param before what was shown until now: what λ does not change is taken from there.
 */
export function shownOf(captured: CapturedUpdate, whatIf: WhatIf, before: Shown | null = null): Shown {
  const supposed = suppose(captured, whatIf);
  const isUsed = JSON.stringify(whatIf) === JSON.stringify(asUsed(captured));
  const { advantages, returns } = isUsed ? captured : estimate(supposed);
  const { agents } = captured.shape;
  const cellOf = (step: number) => step * agents + captured.agent;
  const kept = before !== null && differsByLambdaOnly(before, captured, whatIf) ? before : null;
  const came = kept?.came ?? returnsThatCame(captured, whatIf.discount);
  return {
    captured,
    whatIf,
    supposed,
    advantages,
    returns,
    residuals: kept?.residuals ?? residuals(supposed),
    came,
    meter: biasVariance(captured, advantages, came),
    surprises: surprises(captured, advantages, captured.agent),
    nextValue: (step) => followingValue(supposed.input, cellOf(step), supposed.bootstrapTruncated),
    normalised(step) {
      if (whatIf.mistakes.noNormalisation) return advantages[cellOf(step)]!;
      return isUsed ? captured.normalised[step]! : Number.NaN;
    },
  };
}

function differsByLambdaOnly(
  before: Shown,
  captured: CapturedUpdate,
  { discount, mistakes }: WhatIf,
): boolean {
  const isSame = before.captured === captured && before.whatIf.discount === discount;
  return isSame && JSON.stringify(before.whatIf.mistakes) === JSON.stringify(mistakes);
}
