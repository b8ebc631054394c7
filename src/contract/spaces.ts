/** What an agent sees: `size` numbers, scaled near ±1 where the game can. */
export interface ObservationSpace {
  readonly size: number;
  /** One short name a component, in order; shown to people. */
  readonly names: readonly string[];
  /** Bounds of each component; ±Infinity where there is none. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** One choice out of `count`. */
export interface DiscreteSpace {
  readonly kind: 'discrete';
  readonly count: number;
  readonly labels: readonly string[];
  /** True when the simulation forbids some choices in some states; see `Simulation.mask`. */
  readonly masked?: boolean;
}

/** Several independent choices at once, the i-th out of `counts[i]`. */
export interface MultiDiscreteSpace {
  readonly kind: 'multiDiscrete';
  readonly counts: readonly number[];
  readonly labels: readonly (readonly string[])[];
  readonly masked?: boolean;
}

/** `size` real numbers; the game applies them clipped to `[low, high]`. */
export interface ContinuousSpace {
  readonly kind: 'continuous';
  readonly size: number;
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export type ActionSpace = DiscreteSpace | MultiDiscreteSpace | ContinuousSpace;
