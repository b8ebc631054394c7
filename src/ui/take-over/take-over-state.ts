import type { TakeOverResult } from '../../contract';

/** A person's hold of an arena, by what their game calls a result: seconds, as time goes at 1×, or returns. */
export interface TakeOverView {
  /** Until it is theirs; 0 once it is. */
  readonly countdownMs: number;
  readonly result: TakeOverResult;
  /** Of the present try, or of the last one; null before the first. */
  readonly present: number | null;
  /** Their best in this game, ever; null before the first. */
  readonly best: number | null;
  /** The agent's mean at the moment; null before it is known, and where it is counted in another way. */
  readonly agent: number | null;
}

declare module '../shell/page-state' {
  interface FeatureState {
    /** While a person has an arena where an agent is alone; else null. */
    readonly takeOver: TakeOverView | null;
  }
}
