/* Activations and their derivatives, in place, over a whole number of vectors. `end` is the first byte after them. */

/**
 * x ← tanh(x), within 3 units in the last place; ±0, ±∞ and NaN as Math.tanh has them.
 *
 * Up to 5/8, the fifth convergent of Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + …))):
 *
 *     x (945 + 105 x² + x⁴) / (945 + 420 x² + 15 x⁴)
 *
 * (relative error below 1e-9 there), and above it (e − 1)/(e + 1) with e = exp(2|x|), which is 1 in float32 from 10 on.
 * Both are computed and one is chosen, so that there is one division and no branch.
 */
export function tanh(numbers: usize, end: usize): void {
  const signBit = i32x4.splat(0x8000_0000);
  for (; numbers < end; numbers += 16) {
    const x = v128.load(numbers);
    const magnitude = f32x4.min(f32x4.abs(x), f32x4.splat(10));

    const square = f32x4.mul(magnitude, magnitude);
    const nearNumerator = f32x4.mul(
      magnitude,
      f32x4.add(f32x4.mul(f32x4.add(square, f32x4.splat(105)), square), f32x4.splat(945)),
    );
    const nearDenominator = f32x4.add(
      f32x4.mul(f32x4.add(f32x4.mul(square, f32x4.splat(15)), f32x4.splat(420)), square),
      f32x4.splat(945),
    );

    const exponential = exp(f32x4.add(magnitude, magnitude));
    const farNumerator = f32x4.sub(exponential, f32x4.splat(1));
    const farDenominator = f32x4.add(exponential, f32x4.splat(1));

    const near = f32x4.lt(magnitude, f32x4.splat(0.625));
    const result = f32x4.div(
      v128.bitselect(nearNumerator, farNumerator, near),
      v128.bitselect(nearDenominator, farDenominator, near),
    );
    v128.store(numbers, v128.or(result, v128.and(x, signBit)));
  }
}

/**
 * exp(x) for x from 0 to 88, NaN for NaN: x = n ln 2 + r with |r| ≤ ln 2 / 2, exp(x) = 2ⁿ · exp(r), and exp(r) by its
 * Taylor series to r⁷ (relative error below 6e-9).
 */
function exp(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  // ln 2 in two parts; the first, 45426/65536, has few enough bits that n times it is exact.
  const coarse = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693145751953125)));
  const r = f32x4.sub(coarse, f32x4.mul(n, f32x4.splat(1.4286068203094e-6)));
  let sum = f32x4.splat(1.0 / 5040.0);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 720.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  // 2ⁿ by writing n into the exponent's bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(sum, power);
}

/** slopes ← slopes · (1 − y²), where y = tanh(x) lies in `outputs`: the slopes at x. */
export function tanhBackward(outputs: usize, slopes: usize, end: usize): void {
  for (; slopes < end; slopes += 16) {
    const y = v128.load(outputs);
    const derivative = f32x4.sub(f32x4.splat(1), f32x4.mul(y, y));
    v128.store(slopes, f32x4.mul(v128.load(slopes), derivative));
    outputs += 16;
  }
}

/** x ← max(0, x); NaN stays NaN. */
export function relu(numbers: usize, end: usize): void {
  for (; numbers < end; numbers += 16) {
    v128.store(numbers, f32x4.max(v128.load(numbers), f32x4.splat(0)));
  }
}

/** slopes ← slopes where y > 0, else 0, with y = relu(x) in `outputs`. */
export function reluBackward(outputs: usize, slopes: usize, end: usize): void {
  for (; slopes < end; slopes += 16) {
    const passes = f32x4.gt(v128.load(outputs), f32x4.splat(0));
    v128.store(slopes, v128.and(v128.load(slopes), passes));
    outputs += 16;
  }
}
