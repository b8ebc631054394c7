import type { CapturedUpdate } from '../../contract';
import { reaching, weightedResiduals } from '../../inspector/three-forms';
import type { Shown } from './shown';
import { largestOf, stems } from './stems';

/** A row of the picture: a quantity over the agent's steps. */
export interface StemRow {
  readonly name: 'r' | 'V' | 'δ' | 'A';
  readonly path: string;
  /** As the update used it, on the same scale; null where nothing else is shown. */
  readonly ghost: string | null;
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
 * Draws the rows of what is shown.
 *
 * @param before the rows of what was shown until now, and of what: those that are the same are taken from there.
 */
export function stemRows(
  shown: Shown,
  before: { readonly shown: Shown; readonly rows: readonly StemRow[] } | null = null,
): readonly StemRow[] {
  const { captured } = shown;
  const { steps, agents } = captured.shape;
  const at = (numbers: Float32Array) => (step: number) => numbers[step * agents + captured.agent]!;
  const keptAs = (name: StemRow['name'], isSame: boolean) =>
    isSame ? before?.rows.find((row) => row.name === name) : undefined;
  const plain = (name: StemRow['name'], numbers: Float32Array, isSame: boolean): StemRow =>
    keptAs(name, isSame) ?? { name, path: stems(steps, at(numbers)), ghost: null };
  const isSameUpdate = before?.shown.captured === captured;
  return [
    plain('r', captured.rewards, isSameUpdate),
    plain('V', captured.values, isSameUpdate),
    plain('δ', shown.residuals, before?.shown.residuals === shown.residuals),
    advantageRow(captured, shown),
  ];
}

function advantageRow(captured: CapturedUpdate, shown: Shown): StemRow {
  const { steps, agents } = captured.shape;
  const at = (numbers: Float32Array) => (step: number) => numbers[step * agents + captured.agent]!;
  const [now, used] = [at(shown.advantages), at(captured.advantages)];
  if (shown.advantages === captured.advantages) return { name: 'A', path: stems(steps, now), ghost: null };
  const largest = Math.max(largestOf(steps, now), largestOf(steps, used));
  return { name: 'A', path: stems(steps, now, largest), ghost: stems(steps, used, largest) };
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
