/** A policy that can be chosen, as the list shows it. */
export interface PolicyChoiceShown {
  readonly id: string;
  readonly label: string;
  /** Whether it is of the run in front, or comes from elsewhere. */
  readonly group: 'run' | 'others';
}

/** One of the two. */
export interface SideShown {
  /** Id of the policy that plays. */
  readonly choice: string;
  readonly label: string;
  /** The update that it is of; null where it says nothing of that. */
  readonly version: number | null;
  /** What the present episode has earned so far. */
  readonly score: number;
  /** How long that has lasted, in seconds of the game. */
  readonly seconds: number;
  readonly isOver: boolean;
  /** What each episode earned that is over, since both began from a seed that somebody chose. */
  readonly results: readonly number[];
}

/** Two policies that play beside each other. */
export interface ThenAndNowState {
  readonly phase: 'loading' | 'playing' | 'failed';
  /** Why it is not to be seen; null where it is. */
  readonly problem: string | null;
  /** Where the present episode began, on both sides. */
  readonly seed: number;
  readonly isRunning: boolean;
  /** Whom each meets, where two do; null where each plays both sides, or there is one. */
  readonly opponent: string | null;
  readonly seats: 1 | 2;
  /** How many play in one scene, each for itself. */
  readonly bodies: number;
  readonly choices: readonly PolicyChoiceShown[];
  readonly sides: readonly [SideShown, SideShown];
}

export type ThenAndNowIntent =
  | { readonly kind: 'thenAndNow'; readonly open: boolean }
  /** There are places to draw them in. */
  | { readonly kind: 'thenAndNowIn'; readonly places: readonly [HTMLElement, HTMLElement] }
  | { readonly kind: 'thenAndNowPolicy'; readonly side: 0 | 1; readonly choice: string }
  | { readonly kind: 'thenAndNowFile'; readonly side: 0 | 1; readonly file: File }
  /** Both begin anew; null: from another seed. */
  | { readonly kind: 'thenAndNowSeed'; readonly seed: number | null }
  | { readonly kind: 'thenAndNowRunning'; readonly on: boolean };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null while it is not open. */
    readonly thenAndNow: ThenAndNowState | null;
  }
  interface FeatureIntents {
    readonly thenAndNow: ThenAndNowIntent;
  }
}
