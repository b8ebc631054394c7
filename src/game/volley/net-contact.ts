import { court } from './court';
import { netContactDistance } from './motion';

const highestReach = court.netHeight + netContactDistance;

/** Where the net leaves a ball that ran into it, and the direction, of length 1, in which it throws it back. */
export interface NetContact {
  readonly x: number;
  readonly y: number;
  readonly normalX: number;
  readonly normalY: number;
}

/**
 * How the net stops a ball whose centre moved from one place to another within a tick, whatever moved it: null where
 * it does not.
 *
 * The net is a post with a round top. The whole way is looked at, not only its end: a ball that a player presses
 * against the net so hard that it would come out on the other side stays where it came from. Where it meets the net it
 * goes on along the net's surface, so that it is pushed up or down, or over the top.
 */
export function netContact(fromX: number, fromY: number, toX: number, toY: number): NetContact | null {
  if (isClear(fromX, fromY, toX, toY) || (fromX === 0 && fromY <= court.netHeight)) return null;
  let [startX, startY] = [fromX, fromY];
  const above = aboveTop(fromY);
  const squared = fromX * fromX + above * above;
  if (squared < netContactDistance * netContactDistance) {
    // Where rounding has left the ball a little within reach.
    const outward = netContactDistance / Math.sqrt(squared);
    startX = fromX * outward;
    startY = fromY - above + above * outward;
  }
  const share = shareToNet(startX, startY, toX - startX, toY - startY);
  if (share === null) return null;

  const x = startX + share * (toX - startX);
  const y = startY + share * (toY - startY);
  const over = aboveTop(y);
  const distance = Math.sqrt(x * x + over * over);
  const normalX = x / distance;
  const normalY = over / distance;
  // What is left of the way, as far as it leads along the surface.
  const along = (toX - x) * normalX + (toY - y) * normalY;
  return {
    x: normalX * netContactDistance + (toX - x) - along * normalX,
    y: y - over + normalY * netContactDistance + (toY - y) - along * normalY,
    normalX,
    normalY,
  };
}

/** Whether a way stays on one side of the net, or above it, and comes nowhere near it. Most do. */
export function isClear(fromX: number, fromY: number, toX: number, toY: number): boolean {
  if (fromX >= netContactDistance && toX >= netContactDistance) return true;
  if (fromX <= -netContactDistance && toX <= -netContactDistance) return true;
  return fromY >= highestReach && toY >= highestReach;
}

/** The share of a way, 0 to 1, after which it comes within reach of the net; null where it does not. */
function shareToNet(x: number, y: number, wayX: number, wayY: number): number | null {
  const side = x > 0 ? 1 : -1;
  const toSide = side * x - netContactDistance;
  if (toSide >= 0) {
    const share = toSide / (-side * wayX);
    if (!(share >= 0 && share < 1)) return null;
    if (y + share * wayY <= court.netHeight) return share;
  }
  // The first of the two places at which the way's line meets the circle around the top.
  const rise = y - court.netHeight;
  const approach = x * wayX + rise * wayY;
  const squared = wayX * wayX + wayY * wayY;
  const clearance = x * x + rise * rise - netContactDistance * netContactDistance;
  const discriminant = approach * approach - squared * clearance;
  if (approach >= 0 || discriminant <= 0) return null;
  const share = (-approach - Math.sqrt(discriminant)) / squared;
  return share < 1 ? Math.max(0, share) : null;
}

function aboveTop(y: number): number {
  return y > court.netHeight ? y - court.netHeight : 0;
}
