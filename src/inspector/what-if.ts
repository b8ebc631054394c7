import { type AdvantageInput, type Advantages, generalisedAdvantages } from '../agent/gae';
import {
  type CapturedUpdate,
  type EstimateMistake,
  estimateMistakes,
  type InspectedPlace,
} from '../contract';

export type Mistake = EstimateMistake;

/** Each mistake, on or off. */
export type Mistakes = Readonly<Record<EstimateMistake, boolean>>;

/** How advantages are to be computed anew. */
export interface WhatIf {
  /** γ. */
  readonly discount: number;
  /** λ. */
  readonly gaeLambda: number;
  readonly mistakes: Mistakes;
}

const mistakesOf = (isOn: (mistake: EstimateMistake) => boolean) =>
  Object.fromEntries(estimateMistakes.map((mistake) => [mistake, isOn(mistake)])) as Mistakes;

export const noMistakes: Mistakes = mistakesOf(() => false);

/** As the update had it. */
export function asUsed({ settings }: Pick<CapturedUpdate, 'settings'>): WhatIf {
  const { discount, gaeLambda, bootstrapTruncated } = settings;
  return { discount, gaeLambda, mistakes: { ...noMistakes, timeLimitAsDeath: !bootstrapTruncated } };
}

/** What a place asks for; what it says nothing of is as the update had it. */
export function whatIfAt(captured: Pick<CapturedUpdate, 'settings'>, place: InspectedPlace): WhatIf {
  const used = asUsed(captured);
  const { discount, gaeLambda, mistakes } = place;
  return {
    discount: discount ?? used.discount,
    gaeLambda: gaeLambda ?? used.gaeLambda,
    mistakes: mistakes === null ? used.mistakes : mistakesOf((mistake) => mistakes.includes(mistake)),
  };
}

/** A step and settings as a place, which says only what the update had otherwise. */
export function placeOf(
  captured: Pick<CapturedUpdate, 'settings'>,
  step: number,
  { discount, gaeLambda, mistakes }: WhatIf,
): InspectedPlace {
  const used = asUsed(captured);
  const isSame = estimateMistakes.every((mistake) => mistakes[mistake] === used.mistakes[mistake]);
  return {
    step,
    discount: discount === used.discount ? null : discount,
    gaeLambda: gaeLambda === used.gaeLambda ? null : gaeLambda,
    mistakes: isSame ? null : estimateMistakes.filter((mistake) => mistakes[mistake]),
  };
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
