import { multiplyAdd } from './multiply-add';

/* The gradient step over flat vectors, a whole number of four float32 long. `end` is the first byte after one. */

/** Σ x², summed in float64. */
export function squaredNorm(numbers: usize, end: usize): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; numbers < end; numbers += 16) {
    const four = v128.load(numbers);
    const first = f64x2.promote_low_f32x4(four);
    const second = f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 0));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * g ← gradient · `gradientScale`; m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * θ ← θ − `stepSize` · m / (√v · `varianceScale` + `epsilon`), for each parameter (Kingma and Ba 2015, algorithm 1).
 * Moments closer to 0 than the smallest become 0.
 */
export function adam(
  parameters: usize,
  end: usize,
  mean: usize,
  variance: usize,
  gradient: usize,
  gradientScale: f32,
  meanDecay: f32,
  meanGain: f32,
  varianceDecay: f32,
  varianceGain: f32,
  smallestMean: f32,
  smallestVariance: f32,
  stepSize: f32,
  varianceScale: f32,
  epsilon: f32,
): void {
  for (; parameters < end; parameters += 16) {
    const g = f32x4.mul(v128.load(gradient), f32x4.splat(gradientScale));
    let m = multiplyAdd(v128.load(mean), f32x4.splat(meanDecay), f32x4.mul(g, f32x4.splat(meanGain)));
    m = v128.andnot(m, f32x4.lt(f32x4.abs(m), f32x4.splat(smallestMean)));
    let v = multiplyAdd(
      v128.load(variance),
      f32x4.splat(varianceDecay),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(varianceGain)),
    );
    v = v128.andnot(v, f32x4.lt(v, f32x4.splat(smallestVariance)));
    const denominator = multiplyAdd(f32x4.sqrt(v), f32x4.splat(varianceScale), f32x4.splat(epsilon));
    const step = f32x4.mul(f32x4.div(m, denominator), f32x4.splat(stepSize));
    v128.store(mean, m);
    v128.store(variance, v);
    v128.store(parameters, f32x4.sub(v128.load(parameters), step));
    mean += 16;
    variance += 16;
    gradient += 16;
  }
}
