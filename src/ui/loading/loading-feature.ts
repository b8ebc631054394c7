import type { PageFeature } from '../shell/page-feature';
import { loadingCard } from './loading-card';

/** What is fetched, over the place of the picture until that is there. */
export const loadingFeature = {
  initial: { loading: null },
  mount: ({ overGame }) => [loadingCard(overGame('loading'))],
} satisfies PageFeature;
