/**
 * Whether the numbers from `first` up to, not including, `end` are all finite. One sum, without a branch a number: it is
 * asked of every number that an agent sees.
 */
export function areFinite(numbers: Float32Array, first = 0, end = numbers.length): boolean {
  let zero = 0;
  for (let i = first; i < end; i++) {
    const number = numbers[i]!;
    // Of what is not finite, NaN, which stays.
    zero += number - number;
  }
  return zero === 0;
}
