/**
 * The court's measures, in metres, seconds and metres a second. The net stands at x = 0; the left seat plays where
 * x is negative. Heights are above the floor; positions are those of centres.
 */
export const court = {
  /** From the net to each wall. Walls throw the ball back; there is no ceiling. */
  halfWidth: 5,
  netHeight: 1.9,
  netRadius: 0.07,
  playerRadius: 0.55,
  ballRadius: 0.32,
} as const;

/** Indices into an arena's state, but for those of `player`, which are added to a seat's first. */
export const volleyState = {
  /** First number of each seat: left, right. */
  players: [0, 4],
  ballX: 8,
  ballY: 9,
  ballVelocityX: 10,
  ballVelocityY: 11,
  /** Radians a second, counter-clockwise. */
  ballSpin: 12,
  /** Radians; only for drawing. */
  ballAngle: 13,
  /** How many times as fast the ball lives as at the serve; grows with every crossing of the net. */
  pace: 14,
  /** Ticks for which the ball still hangs where it is served. */
  serveTicks: 15,
  /** Touches of each seat since the ball came to its side: left, right. */
  touches: [16, 17],
  /** Ticks since the last touch that counted; what follows within a few ticks is part of it. */
  ticksSinceTouch: 18,
  /** The seat that touched the ball last; −1 before the first touch, and where both touched it at once. */
  lastTouch: 19,
  /** How often the ball crossed the net in this rally. */
  crossings: 20,
  /** −1 while the rally runs, then the seat that won it. */
  winner: 21,
} as const;
export const volleyStateSize = 22;

/** Indices into a player's four numbers. */
export const playerState = { x: 0, y: 1, velocityX: 2, velocityY: 3 } as const;

/** A side may touch the ball this often before it must cross the net. */
export const mostTouches = 3;
export const ticksPerSecond = 60;
export const seats = { left: 0, right: 1 } as const;
export type Seat = (typeof seats)[keyof typeof seats];
