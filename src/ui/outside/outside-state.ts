/** How far a program outside has come with the game of this tab. */
export type OutsidePhase =
  /** Nobody listens there yet; it is tried again and again. */
  | { readonly kind: 'waiting' }
  /** Steps that were taken so far. */
  | { readonly kind: 'playing'; readonly steps: number }
  /** Why, in a sentence. */
  | { readonly kind: 'over'; readonly sentence: string };

/** A tab that is offered to a program outside. */
export interface OutsideShown {
  /** Good for one connection. */
  readonly code: string;
  readonly port: number;
  readonly phase: OutsidePhase;
}

export type OutsideIntent =
  | { readonly kind: 'offerTab'; readonly port: number }
  /** Gives the game back to the page. */
  | { readonly kind: 'withdrawTab' };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null while the tab is offered to nobody. */
    readonly outside: OutsideShown | null;
  }
  interface FeatureIntents {
    readonly outside: OutsideIntent;
  }
}
