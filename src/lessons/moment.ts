import type { CapturedUpdate } from '../contract';
import { asUsed, estimate, residuals, type Supposed, suppose, type WhatIf } from '../inspector/what-if';

/** A step of the update in the inspector, and the settings that it is looked at under. */
export interface Moment {
  readonly captured: CapturedUpdate;
  readonly whatIf: WhatIf;
  readonly step: number;
}

/** What the function that trains makes of the rollout under some settings; `[T, N]` each. */
export interface Worked {
  readonly supposed: Supposed;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly residuals: Float32Array;
}

/** The step's place in `[T, N]`. */
export function cellOf({ captured, step }: Moment): number {
  return step * captured.shape.agents + captured.agent;
}

/** Under the settings that are looked at, or under others. */
export function worked({ captured, whatIf }: Moment, change: Partial<WhatIf> = {}): Worked {
  const supposed = suppose(captured, { ...whatIf, ...change });
  return { supposed, ...estimate(supposed), residuals: residuals(supposed) };
}

/** The same step as the update had it. */
export function usedMoment(moment: Moment): Moment {
  return { ...moment, whatIf: asUsed(moment.captured) };
}
