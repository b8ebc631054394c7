import { court, playerState, volleyState } from './court';

/** What happened in a rally between two moments of it. One record is filled again and again. */
export interface RallyEvents {
  /** The seat that touched the ball, or −1. */
  touch: number;
  /** The ball's speed after the touch, metres a second. */
  touchSpeed: number;
  /** By seat: speed of leaving the floor and of coming back to it, metres a second; 0 for neither. */
  readonly jumps: [number, number];
  readonly landings: [number, number];
  bounce: 'none' | 'wall' | 'net';
  /** The ball's speed after the bounce. */
  bounceSpeed: number;
}

export function noEvents(): RallyEvents {
  return { touch: -1, touchSpeed: 0, jumps: [0, 0], landings: [0, 0], bounce: 'none', bounceSpeed: 0 };
}

/** The ball is by a wall or by the net if it is so near, in metres: it moves on between two frames. */
const nearby = 0.5;
const standing = court.playerRadius + 1e-6;
/** Slower changes than this, in metres a second, are a ball that rolls and no bounce. */
const leastBounce = 0.4;

/**
 * Compares two states of one rally, a frame apart, and writes what happened between them into `into`. They may be
 * several ticks apart; of several events of a kind the last one counts.
 */
export function readEvents(before: Float64Array, after: Float64Array, into: RallyEvents): void {
  into.touch = touchBetween(before, after);
  const velocityX = after[volleyState.ballVelocityX]!;
  const velocityY = after[volleyState.ballVelocityY]!;
  const speed = Math.sqrt(velocityX * velocityX + velocityY * velocityY);
  into.touchSpeed = into.touch < 0 ? 0 : speed;
  into.bounce = into.touch < 0 ? bounceBetween(before, after) : 'none';
  into.bounceSpeed = into.bounce === 'none' ? 0 : speed;

  for (let seat = 0; seat < 2; seat++) {
    const player = volleyState.players[seat]!;
    const stoodBefore = before[player + playerState.y]! <= standing;
    const standsNow = after[player + playerState.y]! <= standing;
    into.jumps[seat] = stoodBefore && !standsNow ? Math.max(0, after[player + playerState.velocityY]!) : 0;
    into.landings[seat] =
      !stoodBefore && standsNow ? Math.max(0, -before[player + playerState.velocityY]!) : 0;
  }
}

function touchBetween(before: Float64Array, after: Float64Array): number {
  const last = after[volleyState.lastTouch]!;
  const isNew =
    last !== before[volleyState.lastTouch]! ||
    after[volleyState.ticksSinceTouch]! < before[volleyState.ticksSinceTouch]!;
  if (!isNew) return -1;
  // Where both touched at once the ball's side tells which of them to show.
  if (last < 0) return after[volleyState.ballX]! < 0 ? 0 : 1;
  return last;
}

function bounceBetween(before: Float64Array, after: Float64Array): RallyEvents['bounce'] {
  const x = after[volleyState.ballX]!;
  const y = after[volleyState.ballY]!;
  const turned = (component: number) => {
    const was = before[component]!;
    const is = after[component]!;
    return was * is < 0 && Math.abs(is - was) > leastBounce;
  };
  if (Math.abs(x) > court.halfWidth - court.ballRadius - nearby) {
    return turned(volleyState.ballVelocityX) ? 'wall' : 'none';
  }
  if (Math.abs(x) > court.ballRadius + nearby || y > court.netHeight + court.ballRadius + nearby)
    return 'none';
  const rose = before[volleyState.ballVelocityY]! < 0 && turned(volleyState.ballVelocityY);
  return turned(volleyState.ballVelocityX) || rose ? 'net' : 'none';
}
