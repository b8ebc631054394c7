/*
 * The rational function that stands for tanh in every kernel, plain and compiled:
 *
 *     tanh(x) ≈ x (1 + n₁x² + … + n₆x¹²) / (1 + d₁x² + d₂x⁴ + d₃x⁶)    up to |x| = tanhLimit, constant beyond
 *
 * Computed exactly, it is off by less than 5e-8 of tanh. `scripts/fit-tanh.ts` finds the numbers, each of which is a
 * float32. Assembly's compiler reads them too, so they are constants and no array.
 */

/** tanh of it differs from 1 by less than half a unit in the last place of float32. */
export const tanhLimit = 9.15;

export const tanhNumerator1 = 0.13079394400119781;
export const tanhNumerator2 = 0.0030987479258328676;
export const tanhNumerator3 = 0.000011098339200543705;
export const tanhNumerator4 = -1.9989062849390393e-8;
export const tanhNumerator5 = 5.1593486427581325e-11;
export const tanhNumerator6 = -8.172190138142077e-14;

export const tanhDenominator1 = 0.46412724256515503;
export const tanhDenominator2 = 0.024474579840898514;
export const tanhDenominator3 = 0.00025384739274159074;
