import type { GalleryIntent } from '../../ui/gallery/gallery-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { PageStore } from '../shell/page-store';

/** The gallery of games, as long as it is open. */
export function galleryFeature(store: PageStore): AppFeature {
  const intents: IntentHandlers<GalleryIntent> = {
    gallery: now(({ open }) => store.patch({ gallery: { isOpen: open } })),
  };
  return { intents };
}
