import type { EpisodeEnding } from '../contract';

/** Told of what happens in a game that is seen. */
export interface SeenListener {
  /** Episodes that ended, as they are seen. */
  readonly ended: (endings: readonly EpisodeEnding[]) => void;
  /** The game threw while nobody gathered, and was begun anew. */
  readonly faulted: (error: unknown) => void;
  /** Nothing can be gathered in it any more; the game goes on. */
  readonly failed: (error: unknown) => void;
}

/** Nobody listens. */
export const unheard: SeenListener = { ended: () => {}, faulted: () => {}, failed: () => {} };
