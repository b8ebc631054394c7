import type { Poster } from './poster';

/** Where a game is chosen. */
export interface GalleryState {
  readonly isOpen: boolean;
  /** By game; those without one have a plain card. */
  readonly posters: Readonly<Record<string, Poster>>;
  /** The game that plays in its card; null while none does. */
  readonly playing: string | null;
}

export type GalleryIntent =
  | { readonly kind: 'gallery'; readonly open: boolean }
  /** Somebody looks at a game's card: let it play in `place`, and no other. */
  | { readonly kind: 'previewGame'; readonly game: string; readonly place: HTMLElement };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly gallery: GalleryState;
  }
  interface FeatureIntents {
    readonly gallery: GalleryIntent;
  }
}
