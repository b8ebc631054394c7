/**
 * `node scripts/run.mjs scripts/fit-tanh.ts`: finds the coefficients of `src/agent/kernels/tanh-coefficients.ts` and prints them.
 *
 * tanh(x) ≈ x P(x²) / Q(x²), P of degree 6 and Q of degree 3, both 1 at 0, so that numbers near 0 stay as they are. The
 * largest relative error over the range is made as small as it can be: least squares, weighted anew again and again by
 * the error and by the last denominator (Lawson 1961; Sanathanan and Koerner 1963). Coefficients are then rounded to
 * float32 one after the other, and after each the rest are fitted anew to make up for it.
 */
import { pathToFileURL } from 'node:url';
import { tanhLimit } from '../src/agent/kernels/tanh-coefficients';

const numeratorDegree = 6;
const denominatorDegree = 3;
const points = 500;
const rounds = 150;

export interface TanhFit {
  /** Of x², x⁴, … in P. */
  readonly numerator: readonly number[];
  /** Of x², x⁴, … in Q. */
  readonly denominator: readonly number[];
  /** The largest relative error. */
  readonly error: number;
}

/** Fits from 0 to `limit`. Returns coefficients that are float32 numbers. */
export function fitTanh(limit: number = tanhLimit): TanhFit {
  const count = numeratorDegree + denominatorDegree;
  const fixed: (number | null)[] = Array.from({ length: count }, () => null);
  let best = bestFit(limit, fixed);
  for (let i = 0; i < count; i++) {
    fixed[i] = Math.fround(best.coefficients[i]!);
    best = bestFit(limit, fixed);
  }
  return {
    numerator: best.coefficients.slice(0, numeratorDegree),
    denominator: best.coefficients.slice(numeratorDegree),
    error: best.error,
  };
}

/** The best coefficients where those that are not null are given. */
function bestFit(limit: number, fixed: readonly (number | null)[]) {
  // Chebyshev's points: close together at both ends.
  const xs = Array.from(
    { length: points },
    (_, i) => (limit / 2) * (1 - Math.cos((Math.PI * (i + 0.5)) / points)),
  );
  const weights = xs.map(() => 1);
  let denominators = xs.map(() => 1);
  let best = { coefficients: [] as number[], error: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const coefficients = weightedFit(limit, fixed, xs, weights, denominators);
    const errors = xs.map((x) => Math.abs(rational(coefficients, x).value / Math.tanh(x) - 1));
    const error = Math.max(...errors);
    if (error < best.error) best = { coefficients, error };
    denominators = xs.map((x) => rational(coefficients, x).denominator);
    errors.forEach((each, i) => {
      weights[i] = weights[i]! * Math.sqrt(each / error + 1e-3);
    });
    const sum = weights.reduce((total, weight) => total + weight);
    weights.forEach((weight, i) => {
      weights[i] = (weight * points) / sum;
    });
  }
  return best;
}

/** Least squares of x P − tanh(x) Q, relative to tanh(x) times the last denominator. */
function weightedFit(
  limit: number,
  fixed: readonly (number | null)[],
  xs: readonly number[],
  weights: readonly number[],
  denominators: readonly number[],
): number[] {
  const free = fixed.flatMap((value, i) => (value === null ? [i] : []));
  const rows = xs.map((x, i) => {
    const ratio = Math.tanh(x) / x;
    const scale = weights[i]! / (ratio * denominators[i]!);
    // Of (x / limit)², so that all columns are of one size.
    const columns = fixed.map((_, j) => {
      const power = (x / limit) ** (2 * exponentOf(j));
      return scale * (j < numeratorDegree ? power : -ratio * power);
    });
    const given = fixed.reduce<number>(
      (sum, value, j) => sum + (value ?? 0) * limit ** (2 * exponentOf(j)) * columns[j]!,
      0,
    );
    return { columns: free.map((j) => columns[j]!), right: scale * (ratio - 1) - given };
  });
  const solution = leastSquares(
    rows.map(({ columns }) => columns),
    rows.map(({ right }) => right),
  );
  return fixed.map((value, j) => value ?? solution[free.indexOf(j)]! / limit ** (2 * exponentOf(j)));
}

/** To which power of x² coefficient `j` belongs. */
function exponentOf(j: number): number {
  return j < numeratorDegree ? j + 1 : j - numeratorDegree + 1;
}

function rational(coefficients: readonly number[], x: number) {
  const polynomial = (terms: readonly number[]) => terms.reduceRight((sum, term) => (sum + term) * x * x, 0);
  const denominator = 1 + polynomial(coefficients.slice(numeratorDegree));
  return { value: (x * (1 + polynomial(coefficients.slice(0, numeratorDegree)))) / denominator, denominator };
}

/** Minimises |A z − b|², by modified Gram-Schmidt. `A` is overwritten. */
function leastSquares(a: number[][], b: number[]): number[] {
  const columns = a[0]!.length;
  const upper = Array.from({ length: columns }, () => Array.from({ length: columns }, () => 0));
  const solution: number[] = [];
  const dot = (j: number, of: (row: number[], i: number) => number) =>
    a.reduce((sum, row, i) => sum + row[j]! * of(row, i), 0);
  for (let j = 0; j < columns; j++) {
    const norm = Math.sqrt(dot(j, (row) => row[j]!));
    upper[j]![j] = norm;
    for (const row of a) row[j] = row[j]! / norm;
    for (let k = j + 1; k < columns; k++) {
      const along = dot(j, (row) => row[k]!);
      upper[j]![k] = along;
      for (const row of a) row[k] = row[k]! - along * row[j]!;
    }
    const along = dot(j, (_, i) => b[i]!);
    solution.push(along);
    a.forEach((row, i) => {
      b[i] = b[i]! - along * row[j]!;
    });
  }
  for (let j = columns - 1; j >= 0; j--) {
    for (let k = j + 1; k < columns; k++) solution[j] = solution[j]! - upper[j]![k]! * solution[k]!;
    solution[j] = solution[j]! / upper[j]![j]!;
  }
  return solution;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(fitTanh());
}
