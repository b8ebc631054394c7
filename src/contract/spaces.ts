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

/** How many numbers store one action: 1 for discrete, one a choice or component otherwise. */
export function actionSize(space: ActionSpace): number {
  switch (space.kind) {
    case 'discrete':
      return 1;
    case 'multiDiscrete':
      return space.counts.length;
    case 'continuous':
      return space.size;
  }
}

/** Width of the policy head: all logits side by side, or the means of a Gaussian. */
export function policyOutputSize(space: ActionSpace): number {
  switch (space.kind) {
    case 'discrete':
      return space.count;
    case 'multiDiscrete':
      return space.counts.reduce((sum, count) => sum + count, 0);
    case 'continuous':
      return space.size;
  }
}

/** The sizes of the groups of logits: `[count]`, `counts`, or `[]` for a continuous space. */
export function choiceCounts(space: ActionSpace): readonly number[] {
  switch (space.kind) {
    case 'discrete':
      return [space.count];
    case 'multiDiscrete':
      return space.counts;
    case 'continuous':
      return [];
  }
}

/** How many bytes one action mask takes: a flag a logit, or 0 where nothing is ever forbidden. */
export function maskSize(space: ActionSpace): number {
  return space.kind !== 'continuous' && space.masked === true ? policyOutputSize(space) : 0;
}

/** What the spaces say of the widths of records' columns. */
export function spaceSizes(observationSize: number, actionSpace: ActionSpace) {
  return { observationSize, actionSize: actionSize(actionSpace), maskSize: maskSize(actionSpace) };
}
