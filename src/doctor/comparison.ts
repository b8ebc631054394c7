import type { Difference, RandomSource } from '../contract';
import { mean } from './averages';

/** Of fewer nothing is said: two runs that lie apart happen by chance too often. */
export const fewestSeeds = 3;
const resamples = 4_000;
const outside = 0.025;

/**
 * Compares what two ways came to, a number a seed, by bootstrap: seeds are drawn again, with replacement, from each way by
 * itself. Few seeds spread less than what they were drawn from; each way's deviations are widened by √(n / (n − 1)) for it.
 *
 * @param random chance to draw with; the same chance gives the same interval.
 * @returns null where one of them has no seed.
 */
export function differenceOf(
  way: readonly number[],
  other: readonly number[],
  random: RandomSource,
): Difference | null {
  if (way.length === 0 || other.length === 0) return null;
  const value = mean(way) - mean(other);
  const seeds = Math.min(way.length, other.length);
  if (seeds === 1) return { value, low: -Infinity, high: Infinity, seeds, verdict: 'undecided' };
  const [wide, otherWide] = [widened(way), widened(other)];
  const drawn = Array.from(
    { length: resamples },
    () => resampledMean(wide, random) - resampledMean(otherWide, random),
  ).sort((a, b) => a - b);
  const low = drawn[Math.floor(outside * resamples)] ?? value;
  const high = drawn[Math.ceil((1 - outside) * resamples) - 1] ?? value;
  const isTold = seeds >= fewestSeeds;
  const verdict = isTold && low > 0 ? 'better' : isTold && high < 0 ? 'worse' : 'undecided';
  return { value, low, high, seeds, verdict };
}

/** As `way`, each number further from their mean, so that their spread is that of what they were drawn from. */
function widened(way: readonly number[]): readonly number[] {
  const middle = mean(way);
  const factor = Math.sqrt(way.length / (way.length - 1));
  return way.map((value) => middle + factor * (value - middle));
}

function resampledMean(way: readonly number[], random: RandomSource): number {
  let sum = 0;
  for (let i = 0; i < way.length; i++) sum += way[Math.floor(random.uniform() * way.length)] ?? 0;
  return sum / way.length;
}
