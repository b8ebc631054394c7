/** What can be drawn over the game of what an agent senses and thinks. */
export const overlayParts = ['senses', 'odds', 'value', 'surprise'] as const;
export type OverlayPart = (typeof overlayParts)[number];

export interface OverlayState {
  readonly on: boolean;
  /** Those that are drawn while it is on. */
  readonly parts: readonly OverlayPart[];
}

export type OverlayIntent =
  | { readonly kind: 'overlay'; readonly on: boolean }
  | { readonly kind: 'overlayPart'; readonly part: OverlayPart; readonly on: boolean };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly overlay: OverlayState;
  }
  interface FeatureIntents {
    readonly overlay: OverlayIntent;
  }
}
