import type { CapturedUpdate } from '../../contract';

/** One update that is looked at from the inside. */
export interface InspectorState {
  readonly captured: CapturedUpdate | null;
  /** `failed`: no update came. */
  readonly phase: 'idle' | 'waiting' | 'failed';
}

export type InspectorIntent =
  /** Copy what the next update learns from in the arena that is shown large. */
  | { readonly kind: 'inspect' }
  /** Draw the arena as it stood at a step of that; null draws the run again. */
  | { readonly kind: 'inspectMoment'; readonly step: number | null };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly inspector: InspectorState;
  }
  interface FeatureIntents {
    readonly inspector: InspectorIntent;
  }
}
