import { court, ticksPerSecond } from './court';

/**
 * How players and ball move: metres, seconds, radians. What the simulation does and scripted players foresee. Found by
 * letting the scripted players meet: arcs of about 1.2 s, rallies that end, and no side favoured by the serve.
 */
export const motion = {
  tickSeconds: 1 / ticksPerSecond,
  runSpeed: 5,
  groundAcceleration: 36,
  /** A jump is a commitment: in the air a player turns slowly. */
  airAcceleration: 16,
  jumpSpeed: 9.6,
  playerGravity: 23,

  ballGravity: 14,
  /** At pace 1. At the highest pace the ball still moves less than its radius a tick, so it passes through nothing. */
  ballSpeedLimit: 11.9,
  spinLimit: 24,
  /** Share of the spin that a tick leaves. */
  spinKept: 0.995,
  /** Sideways acceleration for each metre a second and radian a second (the Magnus effect). */
  spinLift: 0.02,
  /** The ball's moment of inertia over its mass and squared radius: a disc's. */
  inertia: 0.5,

  /** A player throws the ball back with this share of the speed at which they meet, and a kick on top. */
  playerRestitution: 0.4,
  playerKick: 4.8,
  wallRestitution: 0.8,
  netRestitution: 0.5,
  /** Share of the speed at which surfaces rub that a contact takes off the ball; a third would leave them at rest. */
  playerGrip: 0.2,
  wallGrip: 0.15,

  /** Factor of the pace at every crossing of the net. */
  paceGrowth: 1.04,
  highestPace: 1.6,

  /** Ticks for which the ball hangs before it drops. */
  serveTicks: 40,
  serveHeight: 3.9,
  serveDistance: 2.3,
  /** The serve hangs up to this far before or behind `serveDistance`. */
  serveSpread: 0.35,
  playerStart: 2.6,
  /** What follows a counted touch within so few ticks is part of it. */
  touchGapTicks: 8,
} as const;

/** Distances of centres at which surfaces meet. */
export const contactDistance = court.playerRadius + court.ballRadius;
export const netContactDistance = court.netRadius + court.ballRadius;
/** How near the net and how far from it centres may be. */
export const playerNearest = court.netRadius + court.playerRadius;
export const playerFarthest = court.halfWidth - court.playerRadius;
export const ballFarthest = court.halfWidth - court.ballRadius;
/** The highest that a jump lifts a player. */
export const jumpHeight = (motion.jumpSpeed * motion.jumpSpeed) / (2 * motion.playerGravity);
