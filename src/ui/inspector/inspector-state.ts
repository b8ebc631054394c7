import type { CapturedUpdate } from '../../contract';
import type { WhatIf } from '../../inspector/what-if';

/** What somebody looks at in an update: a step, and what would have been made of it. */
export interface InspectorLook {
  readonly step: number;
  readonly whatIf: WhatIf;
}

/** One update that is looked at from the inside. */
export interface InspectorState {
  readonly captured: CapturedUpdate | null;
  /** `failed`: no update came. */
  readonly phase: 'idle' | 'waiting' | 'failed';
  /** Null without an update. */
  readonly look: InspectorLook | null;
}

export type InspectorIntent =
  /** Copy what the next update learns from in the arena that is shown large. */
  | { readonly kind: 'inspect' }
  /** Look at a step of that, and draw the arena as it stood then; null draws the run again. */
  | { readonly kind: 'inspectMoment'; readonly step: number | null }
  /** Work everything out under other settings, or with mistakes. */
  | { readonly kind: 'suppose'; readonly whatIf: WhatIf };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly inspector: InspectorState;
  }
  interface FeatureIntents {
    readonly inspector: InspectorIntent;
  }
}
