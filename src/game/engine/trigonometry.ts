/**
 * Sine and cosine from + − × ÷ alone. ECMAScript leaves the last bits of `Math.sin` to the engine; these give the
 * same bits everywhere, so a seed and its actions lead to the same states in every browser.
 *
 * Method: the angle is brought to r in [−π/4, π/4] by subtracting k·π/2, with π/2 held in three parts so that k times
 * each of the first two is exact (Cody and Waite, "Software Manual for the Elementary Functions", 1980, chapter 8);
 * then the Taylor polynomial, whose first left-out term is below 1e-19 there.
 */

/** π/2 = high + middle + low; high and middle have 33 significant bits each. */
const halfPiHigh = 1.5707963267341256;
const halfPiMiddle = 6.077100506303966e-11;
const halfPiLow = 2.022266248795951e-21;
const twoOverPi = 0.6366197723675814;
/** Beyond it k exceeds the 20 bits that keep the subtraction exact. */
const exactReductionLimit = 1e6;

export const pi = Math.PI;
export const twoPi = 2 * pi;

/**
 * The sine of an angle in radians: within 2e-16 of the true value for |angle| ≤ 1e6, always in [−1, 1], and NaN for
 * what is not finite. Larger angles are first reduced by the float64 2π, whose own rounding then shows.
 */
export function sine(angle: number): number {
  const reduced = angle > exactReductionLimit || angle < -exactReductionLimit ? angle % twoPi : angle;
  const k = Math.floor(reduced * twoOverPi + 0.5);
  return quarterTurns(reduced - k * halfPiHigh - k * halfPiMiddle - k * halfPiLow, k & 3);
}

/** The cosine of an angle in radians, with the same bounds as `sine`. */
export function cosine(angle: number): number {
  const reduced = angle > exactReductionLimit || angle < -exactReductionLimit ? angle % twoPi : angle;
  const k = Math.floor(reduced * twoOverPi + 0.5);
  return quarterTurns(reduced - k * halfPiHigh - k * halfPiMiddle - k * halfPiLow, (k + 1) & 3);
}

/** sin(r + turns·π/2) for |r| ≤ π/4. */
function quarterTurns(r: number, turns: number): number {
  const square = r * r;
  const value =
    (turns & 1) === 0
      ? r +
        r *
          square *
          (-1 / 6 +
            square *
              (1 / 120 +
                square *
                  (-1 / 5040 +
                    square *
                      (1 / 362880 +
                        square *
                          (-1 / 39916800 + square * (1 / 6227020800 + square * (-1 / 1307674368000)))))))
      : 1 +
        square *
          (-1 / 2 +
            square *
              (1 / 24 +
                square *
                  (-1 / 720 +
                    square *
                      (1 / 40320 +
                        square *
                          (-1 / 3628800 +
                            square *
                              (1 / 479001600 +
                                square * (-1 / 87178291200 + square * (1 / 20922789888000))))))));
  return (turns & 2) === 0 ? value : -value;
}

/**
 * The remainder with the sign of a positive `divisor`: in [0, divisor), as Python's and NumPy's `%`, where
 * JavaScript's takes the dividend's sign. Exact before the one addition, since `%` is exact by definition.
 */
export function flooredModulo(value: number, divisor: number): number {
  const remainder = value % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

/** The same angle in [−π, π), radians: ((angle + π) mod 2π) − π, as Gymnasium's `angle_normalize`. */
export function wrapAngle(angle: number): number {
  return flooredModulo(angle + pi, twoPi) - pi;
}
