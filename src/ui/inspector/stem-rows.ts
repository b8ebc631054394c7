import { reaching, weightedResiduals } from '../../inspector/three-forms';
import type { Shown } from './shown';

/** A row of the picture: a quantity of the agent, step by step. */
export interface StemRow {
  readonly name: 'r' | 'V' | 'δ' | 'A';
  readonly numbers: Float32Array;
  /** As the update used it; null where nothing else is shown. */
  readonly ghost: Float32Array | null;
  /** What the half height of the row stands for, of both. */
  readonly largest: number;
}

/** Some steps in a row that weigh alike. */
export interface LitStretch {
  readonly first: number;
  readonly count: number;
  readonly weight: number;
}

/** Later surprises that weigh less are not lit. */
const leastWeight = 0.02;
const shades = 16;

/** The rows of what is shown. */
export function stemRows({ captured, residuals, advantages }: Shown): readonly StemRow[] {
  const { steps, agents } = captured.shape;
  const own = (numbers: Float32Array) =>
    Float32Array.from({ length: steps }, (_, step) => numbers[step * agents + captured.agent]!);
  const row = (name: StemRow['name'], from: Float32Array, used: Float32Array = from): StemRow => {
    const numbers = own(from);
    const ghost = from === used ? null : own(used);
    return { name, numbers, ghost, largest: Math.max(largestOf(numbers), largestOf(ghost ?? numbers)) };
  };
  return [
    row('r', captured.rewards),
    row('V', captured.values),
    row('δ', residuals),
    row('A', advantages, captured.advantages),
  ];
}

/** The surprises that feed a step's advantage, by their weight in it: few stretches, however many steps. */
export function litStretches({ captured, supposed }: Shown, step: number): readonly LitStretch[] {
  const stretches: { first: number; count: number; weight: number }[] = [];
  for (const { step: at, weight } of weightedResiduals(reaching(supposed, captured.agent, step), supposed)) {
    if (weight <= leastWeight) break;
    const shade = Math.ceil(weight * shades) / shades;
    const last = stretches.at(-1);
    if (last !== undefined && last.weight === shade) last.count += 1;
    else stretches.push({ first: at, count: 1, weight: shade });
  }
  return stretches;
}

function largestOf(numbers: Float32Array): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}
