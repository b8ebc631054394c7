/** All there are. */
export const modeNames: readonly ModeName[] = ['twin', 'turbo', 'live'];

/**
 * Where a game is learned from: in its `twin`, unseen; in the page itself at many times its speed, `turbo`; or there `live`,
 * where what is seen is what is learned from.
 */
export type ModeName = 'twin' | 'turbo' | 'live';

/** In which way an agent learns, and why, in a sentence for people. */
export interface LearningMode {
  /** Which mode. */
  readonly name: ModeName;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** The mode to begin in. @param asked what the developer asks for, if anything. */
export function firstMode(asked: ModeName | undefined, hasTwin: boolean): LearningMode {
  const name = asked ?? (hasTwin ? 'twin' : 'turbo');
  if (asked !== undefined && (asked !== 'twin' || hasTwin)) {
    return { name, reason: `It was asked to learn in the mode “${name}”.` };
  }
  if (hasTwin) return { name, reason: 'The game’s twin runs many times as fast as the game that is seen.' };
  return {
    name: 'turbo',
    reason: 'There is no worker with the game’s twin, so the game learns in its page, many steps a frame.',
  };
}
