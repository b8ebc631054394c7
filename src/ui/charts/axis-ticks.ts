import { formatCompact } from '../kit/format';

/**
 * What ticks are called: short, and each by another name. Where a short name would stand twice, they get as many digits
 * as it takes to tell them apart.
 */
export function tickLabels(splits: readonly number[]): string[] {
  const short = splits.map(formatCompact);
  if (new Set(short).size === short.length) return short;
  for (let digits = 4; digits <= 12; digits++) {
    const longer = splits.map((value) => String(Number(value.toPrecision(digits))).replace('-', '−'));
    if (new Set(longer).size === longer.length) return longer;
  }
  return short;
}

/** How far beyond the middle nine tenths of the values an axis reaches, in multiples of their span. */
const reach = 2;
/** Fewer values have no tails. */
const fewestJudged = 20;

/**
 * The range that a chart shows: all values, but for outliers that would flatten everything else. Where all lie within
 * twice the span of the middle nine tenths, none is an outlier.
 *
 * @returns null where there are no values.
 */
export function shownRange(values: readonly (number | null)[]): readonly [number, number] | null {
  const sorted = values
    .filter((value): value is number => value !== null && Number.isFinite(value))
    .sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return null;
  if (sorted.length < fewestJudged) return [min, max];
  const low = sorted[Math.floor(0.05 * (sorted.length - 1))] ?? min;
  const high = sorted[Math.ceil(0.95 * (sorted.length - 1))] ?? max;
  const span = high - low;
  if (span === 0) return [min, max];
  return [Math.max(min, low - reach * span), Math.min(max, high + reach * span)];
}

/** A range with some air around it, and a height even where all values are equal or missing. */
export function airyRange(range: readonly [number, number] | null): [number, number] {
  if (range === null) return [0, 1];
  const [min, max] = range;
  if (min === max) {
    // A tenth of the smallest numbers is 0.
    const half = Math.abs(min) * 0.1 || 1;
    return [min - half, max + half];
  }
  const air = (max - min) * 0.06;
  return [min - air, max + air];
}
