import type { PageFeature } from '../shell/page-feature';
import { takeOverCard } from './take-over-card';

/** What a person is shown while they have an arena. */
export const takeOverFeature = {
  initial: { takeOver: null },
  mount: ({ overGame }) => [takeOverCard(overGame('take-over-card'))],
} satisfies PageFeature;
