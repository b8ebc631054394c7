import type { PlayingStyle, StyleMeter } from '../../contract';
import { court, playerState, type Seat, seats, ticksPerSecond, volleyState } from './court';
import { playerNearest } from './motion';

/** A player is at the net who is no farther from where the net stops it than this, metres. */
const netReach = 0.6;
/** A player is in the air whose feet are this far off the ground, metres. */
const offGround = 0.25;

/**
 * Counts how one player of Volley plays:
 *
 * - `aces`: share of the serves on its side that it won before the other touched the ball;
 * - `faults`: share of them that it lost before the ball had crossed the net;
 * - `smashes`: share of its touches by which it sent the ball down and forward from above the net, in the air;
 * - `touches`: its touches for each time that it sent the ball over;
 * - `atNet`: share of the time that it spends at the net;
 * - `home`: how far from the net it stands while the ball is on the other side, metres;
 * - `jumps`: jumps a second;
 * - `crossings`: how often the ball crosses the net in a rally with it, and `seconds`, how long that lasts.
 */
export function volleyStyleMeter(): StyleMeter {
  return new VolleyStyleMeter();
}

class VolleyStyleMeter implements StyleMeter {
  private seat: Seat = seats.left;
  private isServing = false;
  private hasCrossed = false;
  private otherHasTouched = false;
  private rallies = 0;
  private ticks = 0;
  private serves = 0;
  private aces = 0;
  private faults = 0;
  private touches = 0;
  private smashes = 0;
  private ownCrossings = 0;
  private crossings = 0;
  private jumps = 0;
  private netTicks = 0;
  private waitingTicks = 0;
  /** Sum of the distances from the net in these, metres. */
  private waitingDistance = 0;

  begin(state: Float64Array, seat: 0 | 1): void {
    this.seat = seat;
    this.isServing = state[volleyState.ballX]! * this.forward < 0;
    this.hasCrossed = false;
    this.otherHasTouched = false;
  }

  look(before: Float64Array, after: Float64Array, ended: boolean): void {
    this.ticks++;
    this.watchPlace(before, after);
    this.watchTouch(before, after);
    if (after[volleyState.crossings] !== before[volleyState.crossings]) {
      this.hasCrossed = true;
      this.crossings++;
      if (after[volleyState.lastTouch] === this.seat) this.ownCrossings++;
    }
    if (ended) this.watchEnd(after[volleyState.winner]!);
  }

  style(): PlayingStyle {
    const { rallies, ticks, serves, touches } = this;
    return {
      rallies,
      aces: ratio(this.aces, serves),
      faults: ratio(this.faults, serves),
      smashes: ratio(this.smashes, touches),
      touches: ratio(touches, this.ownCrossings),
      atNet: ratio(this.netTicks, ticks),
      home: ratio(this.waitingDistance, this.waitingTicks),
      jumps: ratio(this.jumps * ticksPerSecond, ticks),
      crossings: ratio(this.crossings, rallies),
      seconds: ratio(ticks / ticksPerSecond, rallies),
    };
  }

  /** The sign of x in which the player looks at the net. */
  private get forward(): number {
    return this.seat === seats.left ? 1 : -1;
  }

  private watchPlace(before: Float64Array, after: Float64Array): void {
    const player = volleyState.players[this.seat]!;
    const distance = Math.abs(after[player + playerState.x]!);
    const isGrounded = after[player + playerState.y]! <= court.playerRadius;
    if (distance <= playerNearest + netReach) this.netTicks++;
    if (!isGrounded && before[player + playerState.y]! <= court.playerRadius) this.jumps++;
    if (isGrounded && this.forward * after[volleyState.ballX]! > 0) {
      this.waitingTicks++;
      this.waitingDistance += distance;
    }
  }

  private watchTouch(before: Float64Array, after: Float64Array): void {
    const isTouch = after[volleyState.ticksSinceTouch] === 0 && before[volleyState.ticksSinceTouch] !== 0;
    if (!isTouch) return;
    // Both have touched it where nobody is named.
    const toucher = after[volleyState.lastTouch];
    if (toucher !== this.seat) this.otherHasTouched = true;
    if (toucher === 1 - this.seat) return;
    this.touches++;
    const height = after[volleyState.players[this.seat]! + playerState.y]! - court.playerRadius;
    const isHigh = height > offGround && after[volleyState.ballY]! > court.netHeight;
    const goesForward = this.forward * after[volleyState.ballVelocityX]! > 0;
    if (isHigh && goesForward && after[volleyState.ballVelocityY]! < 0) this.smashes++;
  }

  private watchEnd(winner: number): void {
    this.rallies++;
    if (!this.isServing) return;
    this.serves++;
    if (winner === this.seat && !this.otherHasTouched) this.aces++;
    if (winner === 1 - this.seat && !this.hasCrossed) this.faults++;
  }
}

/** Rounded to thousandths; 0 where there was nothing. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000;
}
