import { galleryTexts } from '../../texts/gallery';
import type { PageFeature } from '../shell/page-feature';
import { Gallery } from './gallery';

/** Every game as a card. The button that opens it is in the header. */
export const galleryFeature = {
  initial: { gallery: { isOpen: false, posters: {}, playing: null } },
  shortcuts: [
    {
      key: 'g',
      does: galleryTexts.shortcut,
      during: ['training', 'matches'],
      asks: ({ games }) => (games.length > 1 ? { kind: 'gallery', open: true } : null),
    },
  ],
  mount: ({ place, emit }) => [new Gallery(place('.main'), emit)],
} satisfies PageFeature;
