/**
 * Frozen policy weights, laid out for acting. A row's results do not depend, to the bit, on the rows computed along
 * with it.
 */
export interface PolicySnapshot {
  readonly version: number;
  /** Log standard deviations `[A]` of a Gaussian policy; empty for choices. */
  readonly logStd: Float32Array;
  /**
   * Policy head and value of the first `count` rows.
   *
   * @param observations `[N, obs]`, normalised where the policy was trained so.
   * @param outputs `[N, out]`: logits, or means of a Gaussian. Written.
   * @param values `[N]`. Written.
   */
  forward(observations: Float32Array, count: number, outputs: Float32Array, values: Float32Array): void;
  /** The critic's value of one row of `observations` `[N, obs]`. */
  value(observations: Float32Array, row: number): number;
}
