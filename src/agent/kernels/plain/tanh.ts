import {
  tanhDenominator1,
  tanhDenominator2,
  tanhDenominator3,
  tanhLimit,
  tanhNumerator1,
  tanhNumerator2,
  tanhNumerator3,
  tanhNumerator4,
  tanhNumerator5,
  tanhNumerator6,
} from '../tanh-coefficients';

/**
 * tanh as policies are computed with: a rational function in place of `Math.tanh`, whose bits differ from engine to
 * engine.
 *
 * @returns tanh(x) within 5e-8 of itself, never beyond ±1, odd to the bit; ±0 and NaN stay as they are.
 */
export function tanh(x: number): number {
  const bounded = Math.max(-tanhLimit, Math.min(tanhLimit, x));
  const square = bounded * bounded;
  let numerator = tanhNumerator6 * square + tanhNumerator5;
  numerator = numerator * square + tanhNumerator4;
  numerator = numerator * square + tanhNumerator3;
  numerator = numerator * square + tanhNumerator2;
  numerator = numerator * square + tanhNumerator1;
  numerator = numerator * square + 1;
  let denominator = tanhDenominator3 * square + tanhDenominator2;
  denominator = denominator * square + tanhDenominator1;
  denominator = denominator * square + 1;
  return Math.max(-1, Math.min(1, (bounded * numerator) / denominator));
}
