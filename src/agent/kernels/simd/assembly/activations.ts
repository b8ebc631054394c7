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
} from '../../tanh-coefficients';
import { multiplyAdd } from './multiply-add';

/* Activations and their derivatives, in place, over a whole number of vectors. `end` is the first byte after them. */

/**
 * x ← tanh(x), within 5 units in the last place and never beyond ±1, odd to the bit; ±0 and NaN stay as they are, and
 * ±∞ becomes ±1. The same rational function as in `plain/tanh.ts`.
 */
export function tanh(numbers: usize, end: usize): void {
  const one = f32x4.splat(1);
  for (; numbers < end; numbers += 16) {
    const x = bounded(v128.load(numbers), f32x4.splat(<f32>tanhLimit));
    const square = f32x4.mul(x, x);
    let numerator = f32x4.splat(<f32>tanhNumerator6);
    numerator = multiplyAdd(numerator, square, f32x4.splat(<f32>tanhNumerator5));
    numerator = multiplyAdd(numerator, square, f32x4.splat(<f32>tanhNumerator4));
    numerator = multiplyAdd(numerator, square, f32x4.splat(<f32>tanhNumerator3));
    numerator = multiplyAdd(numerator, square, f32x4.splat(<f32>tanhNumerator2));
    numerator = multiplyAdd(numerator, square, f32x4.splat(<f32>tanhNumerator1));
    numerator = multiplyAdd(numerator, square, one);
    let denominator = f32x4.splat(<f32>tanhDenominator3);
    denominator = multiplyAdd(denominator, square, f32x4.splat(<f32>tanhDenominator2));
    denominator = multiplyAdd(denominator, square, f32x4.splat(<f32>tanhDenominator1));
    denominator = multiplyAdd(denominator, square, one);
    v128.store(numbers, bounded(f32x4.div(f32x4.mul(x, numerator), denominator), one));
  }
}

/** `x` from −`limit` to `limit`. pmin and pmax are one instruction each, and pass on NaN where it comes first. */
function bounded(x: v128, limit: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, limit), f32x4.neg(limit));
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

/** outputs ← x / (1 + e⁻ˣ) = x · (1 + tanh(x / 2)) / 2 for the x of `inputs`. */
export function swish(inputs: usize, outputs: usize, end: usize): void {
  const half = f32x4.splat(0.5);
  let x = inputs;
  for (let y = outputs; y < end; y += 16) {
    v128.store(y, f32x4.mul(half, v128.load(x)));
    x += 16;
  }
  tanh(outputs, end);
  for (; outputs < end; outputs += 16) {
    const share = f32x4.add(half, f32x4.mul(half, v128.load(outputs)));
    v128.store(outputs, f32x4.mul(v128.load(inputs), share));
    inputs += 16;
  }
}

/** inputSlopes += outputSlopes · (σ + y (1 − σ)), where y = x σ lies in `outputs` for the x of `inputs`. */
export function swishBackward(
  inputs: usize,
  outputs: usize,
  outputSlopes: usize,
  inputSlopes: usize,
  end: usize,
): void {
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  for (; inputSlopes < end; inputSlopes += 16) {
    const x = v128.load(inputs);
    const y = v128.load(outputs);
    const share = v128.bitselect(half, f32x4.div(y, x), f32x4.eq(x, f32x4.splat(0)));
    const slope = f32x4.add(share, f32x4.mul(y, f32x4.sub(one, share)));
    const added = f32x4.mul(v128.load(outputSlopes), slope);
    v128.store(inputSlopes, f32x4.add(v128.load(inputSlopes), added));
    inputs += 16;
    outputs += 16;
    outputSlopes += 16;
  }
}
