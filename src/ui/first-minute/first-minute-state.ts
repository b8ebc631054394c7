/** What a first visitor is shown to do, in this order. */
export const guideSteps = ['watch', 'change', 'back', 'play'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** Where somebody is in their first minute. */
export interface GuideView {
  /** What comes next; `done` once everything was done. */
  readonly step: GuideStep | 'done';
  /** Its place among those of this visit, from 1, and how many there are. */
  readonly number: number;
  readonly of: number;
}

/** What the game promises a first visitor, and how far it is. */
export interface PromiseView {
  /** How often it ended so far, of what the game's promise counts. */
  readonly times: number;
  /** True once it came true. */
  readonly reached: boolean;
}

/** What a person asked for about their first minute. */
export type FirstMinuteIntent =
  /** Go on to the next step without having done this one. */
  | { readonly kind: 'skipGuideStep' }
  /** Put the guide away, for good. */
  | { readonly kind: 'leaveGuide' }
  /** Put the promise on the picture away, for good. */
  | { readonly kind: 'putPromiseAway' };

declare module '../shell/page-state' {
  interface FeatureState {
    /** Where a first visitor is in their guide; null where there is none. */
    readonly guide: GuideView | null;
    /** What the game promises a first visitor; null where it is over, or was not begun before their eyes. */
    readonly promise: PromiseView | null;
  }
  interface FeatureIntents {
    readonly firstMinute: FirstMinuteIntent;
  }
}
