/**
 * Exponential moving average without the pull towards its start (Kingma and Ba, 2015, section 3).
 *
 * A value `Δ` updates older weighs `weight^Δ` as much, so that thinned points are smoothed like the ones between
 * them would have been.
 *
 * @param values `[n]`; nulls stay null and are passed over.
 * @param versions `[n]`: how many updates there had been at each value, ascending.
 * @param weight 0 (no smoothing) to below 1.
 * @returns `[n]`.
 */
export function smoothed(
  values: readonly (number | null)[],
  versions: readonly number[],
  weight: number,
): (number | null)[] {
  let sum = 0;
  let mass = 0;
  let before: number | null = null;
  return values.map((value, index) => {
    if (value === null) return null;
    const version = versions[index] ?? 0;
    const kept: number = before === null ? 0 : weight ** Math.max(1, version - before);
    before = version;
    sum = kept * sum + (1 - kept) * value;
    mass = kept * mass + (1 - kept);
    return sum / mass;
  });
}
