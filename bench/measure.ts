/**
 * The value below which `share` of the numbers lie, between neighbours in proportion (Hyndman and Fan's type 7, which
 * NumPy and R use too).
 *
 * @param share from 0 to 1: 0.5 is the median.
 * @throws RangeError when there are no numbers: nothing was measured.
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('Nothing was measured, so there is no quantile to give.');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Measures candidates side by side: one sample of each in every round, the order turned by one place from round to
 * round, so that a machine that warms up, throttles or is shared treats all alike.
 *
 * @returns each candidate's samples, in the candidates' order.
 */
export async function interleave<Candidate, Sample>(
  candidates: readonly Candidate[],
  rounds: number,
  sample: (candidate: Candidate) => Promise<Sample>,
): Promise<Sample[][]> {
  const samples = candidates.map((): Sample[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      const index = (round + turn) % candidates.length;
      samples[index]?.push(await sample(candidates[index] as Candidate));
    }
  }
  return samples;
}
