import type { SensePen, Senses } from '../../contract';
import { pi } from '../engine/trigonometry';
import { court, mostTouches, playerState, seats, ticksPerSecond, volleyState } from './court';
import { motion } from './motion';
import { volleyObservation as seen } from './view';

/** A metre a second is drawn so long, in metres. */
const speedScale = 0.12;

/** Places are seen from the seat: forward is towards the other's wall. */
export const senses: Senses = {
  draw(pen, state, seat) {
    const forward = seat === seats.left ? 1 : -1;
    drawBody(pen, state, volleyState.players[seat]!, forward, seen.ownX, 'you');
    drawBody(pen, state, volleyState.players[1 - seat]!, forward, seen.otherX, 'other');
    drawBody(pen, state, volleyState.ballX, forward, seen.ballX, 'ball');
    const ball = [state[volleyState.ballX]!, state[volleyState.ballY]!] as const;
    const spin = state[volleyState.ballSpin]!;
    // Counter-clockwise, where arcs go clockwise.
    pen.arc(ball, court.ballRadius * 1.6, 0, -pi * (spin / motion.spinLimit), 'other');
    const left = (of: number) => Math.max(0, mostTouches - state[volleyState.touches[of]!]!);
    const serve = state[volleyState.serveTicks]! / ticksPerSecond;
    const words = [
      `spin ${(forward * spin).toFixed(0)} rad/s`,
      `pace ×${state[volleyState.pace]!.toFixed(2)}`,
      `touches left ${left(seat)} : ${left(1 - seat)}`,
      ...(serve > 0 ? [`serve in ${serve.toFixed(1)} s`] : []),
    ];
    pen.label(
      [seen.ballSpin, seen.pace, seen.serveTicks, seen.ownTouchesLeft, seen.otherTouchesLeft],
      [0, -0.62],
      words.join(' · '),
      'other',
    );
  },
};

/** Of whatever has a place and a velocity, one number after the other. */
function drawBody(
  pen: SensePen,
  state: Float64Array,
  first: number,
  forward: number,
  component: number,
  name: string,
): void {
  const [x, y] = [state[first + playerState.x]!, state[first + playerState.y]!];
  const [velocityX, velocityY] = [
    state[first + playerState.velocityX]!,
    state[first + playerState.velocityY]!,
  ];
  pen.dot([x, y], 'place');
  pen.arrow([x, y], [x + speedScale * velocityX, y + speedScale * velocityY], 'change');
  const speed = Math.hypot(velocityX, velocityY);
  pen.label(
    [component, component + 1, component + 2, component + 3],
    [x, y + 0.8],
    `${name} ${(forward * x).toFixed(1)}, ${y.toFixed(1)} m · ${speed.toFixed(1)} m/s`,
    'place',
  );
}
