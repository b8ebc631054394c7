/** What a person asked for about who may change settings. */
export interface LockIntent {
  /** Whether settings cannot be changed, here and by links that are copied from here. */
  readonly kind: 'lockSettings';
  readonly on: boolean;
}

declare module '../shell/page-state' {
  interface FeatureState {
    /** Whether settings cannot be changed, as a link for a class asks. */
    readonly settingsLocked: boolean;
  }
  interface FeatureIntents {
    readonly lock: LockIntent;
  }
}
