import { type AdvantageInput, type Advantages, generalisedAdvantages } from '../agent/gae';
import type { CapturedUpdate } from '../contract';

/** Mistakes that people make, each on or off. */
export interface Mistakes {
  /** A time limit counts as death: nothing follows it. */
  readonly timeLimitAsDeath: boolean;
  /** After a time limit comes the value of the next episode's first observation, not of the last one seen. */
  readonly resetForFinal: boolean;
  /** Nothing follows the rollout's last step. */
  readonly noBootstrapAtCut: boolean;
  /** Advantages are not centred and scaled. */
  readonly noNormalisation: boolean;
}

export type Mistake = keyof Mistakes;

/** How advantages are to be computed anew. */
export interface WhatIf {
  /** γ. */
  readonly discount: number;
  /** λ. */
  readonly gaeLambda: number;
  readonly mistakes: Mistakes;
}

export const noMistakes: Mistakes = {
  timeLimitAsDeath: false,
  resetForFinal: false,
  noBootstrapAtCut: false,
  noNormalisation: false,
};

/** As the update had it. */
export function asUsed({ settings }: Pick<CapturedUpdate, 'settings'>): WhatIf {
  const { discount, gaeLambda, bootstrapTruncated } = settings;
  return { discount, gaeLambda, mistakes: { ...noMistakes, timeLimitAsDeath: !bootstrapTruncated } };
}

/** What `generalisedAdvantages` is given: the rollout, or what those who make a mistake take for it. */
export interface Supposed {
  readonly input: AdvantageInput;
  readonly discount: number;
  readonly gaeLambda: number;
  readonly bootstrapTruncated: boolean;
}

/** What goes into the estimate under those settings and mistakes. */
export function suppose(captured: AdvantageInput, { discount, gaeLambda, mistakes }: WhatIf): Supposed {
  const input = {
    ...captured,
    values: mistakes.noBootstrapAtCut ? withoutLastRow(captured) : captured.values,
    finalValues: mistakes.resetForFinal ? valuesAfterCuts(captured) : captured.finalValues,
  };
  return { input, discount, gaeLambda, bootstrapTruncated: !mistakes.timeLimitAsDeath };
}

/** The advantages and returns of every agent, by the function that trains. */
export function estimate({ input, discount, gaeLambda, bootstrapTruncated }: Supposed): Advantages {
  return generalisedAdvantages(input, discount, gaeLambda, bootstrapTruncated);
}

/** δ `[T, N]`, by the function that trains: with λ = 0 advantages are nothing else. */
export function residuals({ input, discount, bootstrapTruncated }: Supposed): Float32Array<ArrayBuffer> {
  return generalisedAdvantages(input, discount, 0, bootstrapTruncated).advantages;
}

function withoutLastRow({ values, shape }: AdvantageInput): Float32Array<ArrayBuffer> {
  const copy = Float32Array.from(values);
  copy.fill(0, shape.steps * shape.agents);
  return copy;
}

/** What the next row begins with, where an episode was cut: the value of another episode. */
function valuesAfterCuts({ values, finalValues, truncated, shape }: AdvantageInput) {
  return finalValues.map((value, cell) => (truncated[cell] === 0 ? value : values[cell + shape.agents]!));
}
