/** How fast a game may be shown. */
export const speeds = ['1', '4', '16', 'max'] as const;
/** How many times real time the game runs; `max` is as fast as it goes. */
export type Speed = (typeof speeds)[number];

/** Matches may also go at half speed, for practice. */
export const matchSpeeds = ['0.5', ...speeds] as const;
/** One of `matchSpeeds`. */
export type MatchSpeed = (typeof matchSpeeds)[number];

/** How many times real time each speed is. */
export const paces: Readonly<Record<MatchSpeed, number>> = {
  '0.5': 0.5,
  '1': 1,
  '4': 4,
  '16': 16,
  max: Number.POSITIVE_INFINITY,
};
