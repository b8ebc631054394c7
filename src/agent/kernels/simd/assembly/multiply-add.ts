/**
 * a · b + c. Compiled with relaxed SIMD, rounded once where the processor can, so that bits depend on the machine;
 * without, each of both is rounded, the same everywhere.
 */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f32>(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
