import { court } from './court';
import { ballFarthest, jumpHeight, motion, playerFarthest, playerNearest } from './motion';

/** The two numbers of an action, and what they may be. */
export const volleyActions = {
  run: { back: 0, stay: 1, forward: 2 },
  jump: { stand: 0, jump: 1 },
} as const;

/** Indices into a seat's observation. */
export const volleyObservation = {
  ownX: 0,
  ownY: 1,
  ownVelocityX: 2,
  ownVelocityY: 3,
  otherX: 4,
  otherY: 5,
  otherVelocityX: 6,
  otherVelocityY: 7,
  ballX: 8,
  ballY: 9,
  ballVelocityX: 10,
  ballVelocityY: 11,
  ballSpin: 12,
  pace: 13,
  serveTicks: 14,
  ownTouchesLeft: 15,
  otherTouchesLeft: 16,
} as const;
export const volleyActionSize = 2;
export const volleyObservationSize = 17;

/** What observed numbers are divided by: metres, metres a second, radians a second. */
export const observationScale = {
  position: court.halfWidth,
  /** Of a player's height over its standing one. */
  jump: jumpHeight,
  ballHeight: 4,
  run: motion.runSpeed,
  jumpSpeed: motion.jumpSpeed,
  ballSpeed: 12,
  spin: motion.spinLimit,
  /** Of the pace over 1. */
  pace: motion.highestPace - 1,
  serve: motion.serveTicks,
} as const;

/** No ball is thrown higher: at full speed from a jump's highest reach it rises 5.1 m to 7.9 m. */
const ballHeightLimit = 10;
const farthest = playerFarthest / observationScale.position;
const nearest = playerNearest / observationScale.position;
const ballX = ballFarthest / observationScale.position;
const ballSpeed = (motion.ballSpeedLimit * motion.highestPace) / observationScale.ballSpeed;

/** Bounds of a seat's observation, in its order. */
export const observationLow: readonly number[] = [
  ...[-farthest, 0, -1, -1],
  ...[nearest, 0, -1, -1],
  ...[-ballX, 0, -ballSpeed, -ballSpeed, -1],
  ...[0, 0, 0, 0],
];
export const observationHigh: readonly number[] = [
  ...[-nearest, 1, 1, 1],
  ...[farthest, 1, 1, 1],
  ...[ballX, ballHeightLimit / observationScale.ballHeight, ballSpeed, ballSpeed, 1],
  ...[1, 1, 1, 1],
];
