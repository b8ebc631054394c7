import type { CapturedUpdate } from '../../contract';
import { reaching, weightedResiduals } from '../../inspector/three-forms';
import type { Shown } from './shown';

/** A row of the picture: a quantity of the agent, step by step. */
export interface StemRow {
  readonly name: 'r' | 'V' | 'δ' | 'A';
  /** Whence it was taken, `[T, N]`: what is shown, and what the update used. */
  readonly from: Float32Array;
  readonly used: Float32Array;
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

/**
 * The rows of what is shown.
 *
 * @param before the rows of what was shown until now, of which those that would be the same are kept.
 */
export function stemRows(
  { captured, residuals, advantages }: Shown,
  before: readonly StemRow[] = [],
): readonly StemRow[] {
  const { shape, agent } = captured;
  const row = (name: StemRow['name'], from: Float32Array, used: Float32Array = from): StemRow => {
    const kept = before.find((other) => other.name === name && other.from === from && other.used === used);
    if (kept !== undefined) return kept;
    const numbers = ofAgent(from, shape, agent);
    const ghost = from === used ? null : ofAgent(used, shape, agent);
    const largest = Math.max(largestOf(numbers), largestOf(ghost ?? numbers));
    return { name, from, used, numbers, ghost, largest };
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

function ofAgent(all: Float32Array, { steps, agents }: CapturedUpdate['shape'], agent: number): Float32Array {
  const own = new Float32Array(steps);
  for (let step = 0; step < steps; step++) own[step] = all[step * agents + agent]!;
  return own;
}

function largestOf(numbers: Float32Array): number {
  let largest = 0;
  for (let step = 0; step < numbers.length; step++) {
    const size = Math.abs(numbers[step]!);
    if (size > largest) largest = size;
  }
  return largest;
}
