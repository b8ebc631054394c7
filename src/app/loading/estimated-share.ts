/** Where nothing is known, about this long. */
const usualMs = 2_000;

/**
 * About how much of something has come: steadily at first, ever more slowly towards an end that only its arrival brings.
 *
 * @param elapsedMs since it was asked for.
 * @param bytes how much it is, or null.
 * @param rate bytes a millisecond, or null.
 * @returns from 0 to less than 1, and never less for a longer time.
 */
export function estimatedShare(elapsedMs: number, bytes: number | null, rate: number | null): number {
  const expectedMs = bytes !== null && rate !== null && rate > 0 ? bytes / rate : usualMs;
  if (!(expectedMs > 0)) return 0;
  // Unlike an exponential, it still moves visibly after many times what was expected: something that has stopped
  // looks broken.
  return Math.min(1 - Number.EPSILON, 1 - (1 + elapsedMs / expectedMs) ** -2);
}
