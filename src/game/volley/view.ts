import type { ObservationSpace } from '../../contract';
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

/** No ball is thrown higher: at full speed it rises 5.1 m, from a jump’s highest reach to 8.5 m; spin adds little. */
const ballHeightLimit = 10;
const farthest = playerFarthest / observationScale.position;
const nearest = playerNearest / observationScale.position;
const ballX = ballFarthest / observationScale.position;
const ballSpeed = (motion.ballSpeedLimit * motion.highestPace) / observationScale.ballSpeed;

const components: readonly (readonly [name: string, low: number, high: number])[] = [
  ['own position', -farthest, -nearest],
  ['own height', 0, 1],
  ['own speed forward', -1, 1],
  ['own speed upward', -1, 1],
  ['other’s position', nearest, farthest],
  ['other’s height', 0, 1],
  ['other’s speed forward', -1, 1],
  ['other’s speed upward', -1, 1],
  ['ball’s position', -ballX, ballX],
  ['ball’s height', 0, ballHeightLimit / observationScale.ballHeight],
  ['ball’s speed forward', -ballSpeed, ballSpeed],
  ['ball’s speed upward', -ballSpeed, ballSpeed],
  ['ball’s spin', -1, 1],
  ['pace', 0, 1],
  ['serve hangs', 0, 1],
  ['own touches left', 0, 1],
  ['other’s touches left', 0, 1],
];

/** What a seat sees, in the order of `volleyObservation`. Forward is towards the other’s wall, for both players. */
export const volleyObservationSpace: ObservationSpace = {
  size: components.length,
  names: components.map(([name]) => name),
  low: components.map(([, low]) => low),
  high: components.map(([, , high]) => high),
};
