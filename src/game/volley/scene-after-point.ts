import { court, playerState, volleyState } from './court';

/** Metres and seconds. */
const gravity = 14;
const playersFall = 4;
const floorRestitution = 0.55;
/** Slower than this the ball lies still. */
const leastBounce = 1;
const wallRestitution = 0.6;
const netRestitution = 0.5;
const rolledAway = 0.7;
const nearestToNet = court.netRadius + court.ballRadius;
const farthestFromNet = court.halfWidth - court.ballRadius;

/**
 * Goes on with a state after its rally was won, for the eye alone: the ball bounces to rest on its side of the net, and
 * players come down where they are. No simulation needs to know of it.
 */
export function bounceOn(state: Float64Array, seconds: number): void {
  const before = state[volleyState.ballX]!;
  let velocityX = state[volleyState.ballVelocityX]! * (1 - rolledAway * seconds);
  let velocityY = state[volleyState.ballVelocityY]! - gravity * seconds;
  let x = before + velocityX * seconds;
  let y = state[volleyState.ballY]! + velocityY * seconds;
  if (y < court.ballRadius) {
    y = court.ballRadius;
    velocityY = Math.abs(velocityY) < leastBounce ? 0 : -floorRestitution * velocityY;
    velocityX *= 1 - rolledAway * seconds;
    state[volleyState.ballSpin] = -velocityX / court.ballRadius;
  }
  if (Math.abs(x) > farthestFromNet) {
    x = Math.sign(x) * farthestFromNet;
    velocityX *= -wallRestitution;
  }
  const crosses = before * x <= 0 || Math.abs(x) < nearestToNet;
  if (y < court.netHeight && crosses && before * velocityX < 0) {
    x = Math.sign(before) * nearestToNet;
    velocityX *= -netRestitution;
  }
  state[volleyState.ballX] = x;
  state[volleyState.ballY] = y;
  state[volleyState.ballVelocityX] = velocityX;
  state[volleyState.ballVelocityY] = velocityY;
  state[volleyState.ballAngle] = state[volleyState.ballAngle]! + state[volleyState.ballSpin]! * seconds;
  for (const player of volleyState.players) {
    const height = state[player + playerState.y]!;
    state[player + playerState.velocityX] = 0;
    state[player + playerState.velocityY] = 0;
    state[player + playerState.y] = Math.max(court.playerRadius, height - playersFall * seconds);
  }
}
