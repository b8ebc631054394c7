/** What of the page is being fetched, from its first moment until its first picture. */
export interface LoadingState {
  /** What draws the game. */
  readonly engine: LoadingPart;
  /** The workers in which the agent lives. */
  readonly agent: LoadingPart;
}

export interface LoadingPart {
  /** How much is fetched, as it is sent; null where that is not known. */
  readonly bytes: number | null;
  /** From 0 to 1: about how much of it is there. Browsers do not tell of the middle of a script. */
  readonly share: number;
}

declare module '../shell/page-state' {
  interface FeatureState {
    /** Null once the game is drawn. */
    readonly loading: LoadingState | null;
  }
}
