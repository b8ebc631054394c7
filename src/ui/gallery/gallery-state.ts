/** Where a game is chosen. */
export interface GalleryState {
  readonly isOpen: boolean;
}

export interface GalleryIntent {
  readonly kind: 'gallery';
  readonly open: boolean;
}

declare module '../shell/page-state' {
  interface FeatureState {
    readonly gallery: GalleryState;
  }
  interface FeatureIntents {
    readonly gallery: GalleryIntent;
  }
}
