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

/** A part of an action of several: one choice, or some axes, with a name that is shown to people. */
export type ProductPart = (DiscreteSpace | ContinuousSpace) & { readonly name: string };

/**
 * Several parts at once, such as two buttons and a stick. Each is chosen independently of the others, given what is seen;
 * an action is the parts' numbers one after the other, and a mask the flags of the masked parts one after the other.
 */
export interface ProductSpace {
  readonly kind: 'product';
  readonly parts: readonly ProductPart[];
}

/** What an agent may do. */
export type ActionSpace = DiscreteSpace | MultiDiscreteSpace | ContinuousSpace | ProductSpace;
