import type { CapturedUpdate, InspectedPlace } from '../../contract';
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
  /** Where somebody rests, for the address; null while the inspector is out of sight. */
  readonly place: InspectedPlace | null;
  /** Where a link asked to look; another object a link. The panel opens. */
  readonly linked: { readonly place: InspectedPlace } | null;
  /** Whether the game's picture stands at a step. */
  readonly isPictured: boolean;
}

export const initialInspector: InspectorState = {
  captured: null,
  phase: 'idle',
  look: null,
  place: null,
  linked: null,
  isPictured: false,
};

export type InspectorIntent =
  /** Copy what the next update learns from in the arena that is shown large. */
  | { readonly kind: 'inspect' }
  /** Look at a step of that, and draw the arena as it stood then; null draws the run again. */
  | { readonly kind: 'inspectMoment'; readonly step: number | null }
  /** Work everything out under other settings, or with mistakes. */
  | { readonly kind: 'suppose'; readonly whatIf: WhatIf }
  /** Somebody rests there; null: the inspector is out of sight. */
  | { readonly kind: 'inspectPlace'; readonly place: InspectedPlace | null }
  /** Open at a place, of the update that a link carries, or of the next one. */
  | { readonly kind: 'inspectLinked'; readonly place: InspectedPlace; readonly update: string | null }
  /** Put a link to a place in this update on the clipboard. */
  | { readonly kind: 'copyInspected'; readonly place: InspectedPlace };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly inspector: InspectorState;
  }
  interface FeatureIntents {
    readonly inspector: InspectorIntent;
  }
}
