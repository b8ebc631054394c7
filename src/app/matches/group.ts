import type { Contestant } from '../../contract';
import type { PlayerSource } from '../../workers/player-source';

/** Somebody to meet, before it is known how they are rated. */
export type Unrated = Omit<Contestant, 'rating' | 'matches'>;

/** Some of those whom one can meet, by where they come from. */
export interface Group {
  knows(id: string): boolean;
  /** Where somebody of the group comes from, to play; null where they are not to be had. @throws PlaytrainError */
  source(id: string): Promise<PlayerSource | null>;
}
