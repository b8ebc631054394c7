import { court } from './court';
import { ballFarthest, contactDistance, motion } from './motion';
import { netContact } from './net-contact';
import { observationScale, volleyObservation } from './view';

/** A ball in the air, in one seat's mirrored view: metres, seconds, radians. */
export interface FlyingBall {
  readonly x: number;
  readonly y: number;
  readonly velocityX: number;
  readonly velocityY: number;
  readonly spin: number;
  readonly pace: number;
}

/** Where a ball will be, and in how many ticks. */
export interface ForeseenBall extends FlyingBall {
  readonly ticks: number;
}

/** Nobody looks further ahead. */
const mostForeseenTicks = 180;

/** The ball as a seat observes it. */
export function seenBall(observation: Float32Array): FlyingBall {
  return {
    x: observation[volleyObservation.ballX]! * observationScale.position,
    y: observation[volleyObservation.ballY]! * observationScale.ballHeight,
    velocityX: observation[volleyObservation.ballVelocityX]! * observationScale.ballSpeed,
    velocityY: observation[volleyObservation.ballVelocityY]! * observationScale.ballSpeed,
    spin: observation[volleyObservation.ballSpin]! * observationScale.spin,
    pace: 1 + observation[volleyObservation.pace]! * observationScale.pace,
  };
}

/** Where a ball without spin comes down to `height` if neither net nor wall is in its way. */
export function freeFall(ball: FlyingBall, height: number): ForeseenBall {
  const gravity = gravityOf(ball);
  const drop = Math.max(0, ball.y - height);
  const landing = Math.sqrt(ball.velocityY * ball.velocityY + 2 * gravity * drop);
  const seconds = (ball.velocityY + landing) / gravity;
  return {
    ...ball,
    x: ball.x + ball.velocityX * seconds,
    y: height,
    velocityY: -landing,
    ticks: seconds / motion.tickSeconds,
  };
}

/** The height at which a ball without spin passes over the net; −∞ for one that flies away from it. */
export function heightAtNet(ball: FlyingBall): number {
  const seconds = -ball.x / ball.velocityX;
  if (!(seconds > 0)) return Number.NEGATIVE_INFINITY;
  return ball.y + ball.velocityY * seconds - (gravityOf(ball) / 2) * seconds * seconds;
}

/**
 * Where the ball comes down to `height` if nobody touches it: tick by tick as the simulation moves it, but for the
 * rubbing along walls and net. A ball that falls already and is lower stays where it is.
 */
export function foreseeDescent(ball: FlyingBall, height: number): ForeseenBall {
  const { tickSeconds } = motion;
  let { x, y, velocityX, velocityY, spin, pace } = ball;
  let ticks = 0;
  while (ticks < mostForeseenTicks && !(y <= height && velocityY <= 0)) {
    ticks++;
    spin *= motion.spinKept;
    const lift = motion.spinLift * spin * tickSeconds;
    const bentX = velocityX - lift * velocityY;
    velocityY += lift * velocityX - motion.ballGravity * pace * pace * tickSeconds;
    velocityX = bentX;
    const [fromX, fromY] = [x, y];
    x += velocityX * tickSeconds;
    y += velocityY * tickSeconds;

    if (x > ballFarthest || x < -ballFarthest) {
      x = x > 0 ? ballFarthest : -ballFarthest;
      velocityX *= -motion.wallRestitution;
    }
    const contact = netContact(fromX, fromY, x, y);
    if (contact !== null) {
      ({ x, y } = contact);
      const along = Math.min(0, velocityX * contact.normalX + velocityY * contact.normalY);
      velocityX -= (1 + motion.netRestitution) * along * contact.normalX;
      velocityY -= (1 + motion.netRestitution) * along * contact.normalY;
    }
    if ((x > 0 && fromX <= 0) || (x < 0 && fromX >= 0)) {
      const faster = Math.min(motion.highestPace, pace * motion.paceGrowth) / pace;
      pace *= faster;
      velocityX *= faster;
      velocityY *= faster;
      spin *= faster;
    }
  }
  return { x, y, velocityX, velocityY, spin, pace, ticks };
}

/** The ball after a player has thrown it back who stands still on the ground, its centre `behind` metres behind it. */
export function rebound(ball: FlyingBall, behind: number): FlyingBall {
  const normalX = behind / contactDistance;
  const normalY = Math.sqrt(1 - normalX * normalX);
  const along = Math.min(0, ball.velocityX * normalX + ball.velocityY * normalY);
  const thrown = motion.playerKick * ball.pace - (1 + motion.playerRestitution) * along;
  const slip = ball.velocityY * normalX - ball.velocityX * normalY - court.ballRadius * ball.spin;
  const rubbed = -motion.playerGrip * slip;
  return {
    ...ball,
    velocityX: ball.velocityX + thrown * normalX - rubbed * normalY,
    velocityY: ball.velocityY + thrown * normalY + rubbed * normalX,
    spin: ball.spin - rubbed / (motion.inertia * court.ballRadius),
  };
}

function gravityOf({ pace }: FlyingBall): number {
  return motion.ballGravity * pace * pace;
}
