import type { ComparedPoint, ComparedWay, Difference, UpdateSlot } from '../../contract';

/** What compared runs begin from: nothing, the present state of the run in front, its best, or an update that it keeps. */
export type ComparedFrom = 'nothing' | 'here' | 'best' | UpdateSlot;

/** One way of a comparison, with what its seeds have come to. */
export interface WayShown {
  readonly label: string;
  /** A curve a seed. */
  readonly curves: readonly (readonly ComparedPoint[])[];
  /** The mean return at the end of each run that is over. */
  readonly outcomes: readonly number[];
  /** Beside the way that is compared with; null before all runs are over, and of that way itself. */
  readonly difference: Difference | null;
}

export interface ComparisonShown {
  readonly ways: readonly WayShown[];
  /** Which of the ways the others are compared with. */
  readonly beside: number;
  readonly runs: number;
  readonly finished: number;
  readonly isOver: boolean;
}

export type CompareIntent =
  | {
      readonly kind: 'compare';
      readonly ways: readonly ComparedWay[];
      /** Which of them the others are compared with. */
      readonly beside: number;
      readonly from: ComparedFrom;
    }
  | { readonly kind: 'stopComparing' };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null before the first. */
    readonly comparison: ComparisonShown | null;
  }
  interface FeatureIntents {
    readonly compare: CompareIntent;
  }
}
