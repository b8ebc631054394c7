import { followingValue } from '../../agent/gae';
import type { CapturedUpdate } from '../../contract';
import { type BiasVariance, biasVariance, returnsThatCame } from '../../inspector/bias-variance';
import { surprises } from '../../inspector/surprises';
import { asUsed, estimate, residuals, type Supposed, suppose, type WhatIf } from '../../inspector/what-if';

/** All that is shown of a captured update under some settings. */
export interface Shown {
  readonly supposed: Supposed;
  readonly advantages: Float32Array; // [T, N]
  readonly returns: Float32Array; // [T, N]
  readonly residuals: Float32Array; // [T, N]
  readonly meter: BiasVariance;
  readonly surprises: readonly number[];
  /** V(s′) of a step of the agent. */
  nextValue(step: number): number;
  /** The agent's advantage as a minibatch saw it; NaN where that is not known. */
  normalised(step: number): number;
}

/** Under the update's own settings, what it used itself. */
export function shownOf(captured: CapturedUpdate, whatIf: WhatIf): Shown {
  const supposed = suppose(captured, whatIf);
  const isUsed = JSON.stringify(whatIf) === JSON.stringify(asUsed(captured));
  const { advantages, returns } = isUsed ? captured : estimate(supposed);
  const { agents } = captured.shape;
  const cellOf = (step: number) => step * agents + captured.agent;
  return {
    supposed,
    advantages,
    returns,
    residuals: residuals(supposed),
    meter: biasVariance(captured, advantages, returnsThatCame(captured, whatIf.discount)),
    surprises: surprises(captured, advantages, captured.agent),
    nextValue: (step) => followingValue(supposed.input, cellOf(step), supposed.bootstrapTruncated),
    normalised(step) {
      if (whatIf.mistakes.noNormalisation) return advantages[cellOf(step)]!;
      return isUsed ? captured.normalised[step]! : Number.NaN;
    },
  };
}
