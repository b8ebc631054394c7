/** Of a standard normal deviate, between whose signs 95 % lie. */
const deviations = 1.959964;

/**
 * The 95 % interval of a share of which `points` of `trials` were seen.
 *
 * @see Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927
 */
export function wilsonInterval(
  points: number,
  trials: number,
): { readonly low: number; readonly high: number } {
  const share = points / trials;
  const squared = deviations ** 2 / trials;
  const middle = share + squared / 2;
  const half = deviations * Math.sqrt((share * (1 - share)) / trials + squared / (4 * trials));
  return { low: (middle - half) / (1 + squared), high: (middle + half) / (1 + squared) };
}
