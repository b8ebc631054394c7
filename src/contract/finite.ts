/**
 * Whether the numbers from `first` up to, not including, `end` are all finite. One sum, without a branch a number: it is
 * asked of every number that an agent sees.
 */
export function areFinite(numbers: Float32Array, first = 0, end = numbers.length): boolean {
  let zero = 0;
  // What is not finite gives NaN, which stays.
  for (let i = first; i < end; i++) zero += 0 * numbers[i]!;
  return zero === 0;
}
