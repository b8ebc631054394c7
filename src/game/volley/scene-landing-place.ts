import { foreseeDescent } from './ball-flight';
import { court, volleyState } from './court';

/** Where the ball will come down if nobody touches it, in metres right of the net. */
export function landingX(state: Float64Array): number {
  const flying = {
    x: state[volleyState.ballX]!,
    y: state[volleyState.ballY]!,
    velocityX: state[volleyState.ballVelocityX]!,
    velocityY: state[volleyState.ballVelocityY]!,
    spin: state[volleyState.ballSpin]!,
    pace: state[volleyState.pace]!,
  };
  return foreseeDescent(flying, court.ballRadius).x;
}
