import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { foreseeDescent, freeFall, heightAtNet, rebound, seenBall } from './ball-flight';
import { court, playerState, volleyState, volleyStateSize } from './court';
import { contactDistance, motion, playerFarthest } from './motion';
import { volley } from './simulation';

const noActions = Float32Array.of(1, 0, 1, 0);
const terms = new Float64Array(2 * volley.rewardTerms.length);

/** A flight with both players at their walls. */
function flying(x: number, y: number, velocityX: number, velocityY: number, spin: number): Float64Array {
  const state = new Float64Array(volleyStateSize);
  volley.reset(state, SeededRandom.fromSeed(1));
  state[volleyState.players[0] + playerState.x] = -playerFarthest;
  state[volleyState.players[1] + playerState.x] = playerFarthest;
  state.set([x, y, velocityX, velocityY, spin], volleyState.ballX);
  state[volleyState.serveTicks] = 0;
  return state;
}

function seen(state: Float64Array) {
  const observations = new Float32Array(2 * volley.observationSpace.size);
  volley.observe(state, observations);
  return seenBall(observations.subarray(0, volley.observationSpace.size));
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('A foreseen flight', () => {
  it('ends where and when the simulation brings the ball down, over the net and with spin', () => {
    fc.assert(
      fc.property(
        between(-3, -0.3),
        between(2.6, 4),
        between(-2, 4),
        between(0, 5),
        between(-10, 10),
        (...ball) => {
          const state = flying(...ball);
          const foreseen = foreseeDescent(seen(state), 2.5);
          let ticks = 0;
          while (!(state[volleyState.ballY]! <= 2.5 && state[volleyState.ballVelocityY]! <= 0)) {
            volley.step(state, noActions, terms);
            ticks++;
          }
          // What is observed is rounded to float32, by which a tick may be more or less.
          expect(Math.abs(foreseen.ticks - ticks)).toBeLessThanOrEqual(1);
          expect(Math.abs(foreseen.x - state[volleyState.ballX]!)).toBeLessThan(0.12);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it('comes back from a wall', () => {
    const state = flying(-3, 3, -8, 2, 0);
    const foreseen = foreseeDescent(seen(state), 2);
    for (let tick = 0; tick < foreseen.ticks; tick++) volley.step(state, noActions, terms);
    expect(foreseen.velocityX).toBeGreaterThan(0);
    expect(foreseen.x).toBeCloseTo(state[volleyState.ballX]!, 1);
  });

  it('falls freely as a parabola, worked by hand', () => {
    // From 3 m at 7 m/s upward under 14 m/s²: down to 3 m again after 1 s, to −4.5 m after 1.5 s.
    const ball = { x: -2, y: 3, velocityX: 2, velocityY: 7, spin: 0, pace: 1 };
    expect(freeFall(ball, 3).x).toBeCloseTo(0, 12);
    const deeper = freeFall(ball, 3 + 7 * 1.5 - 7 * 1.5 * 1.5);
    expect(deeper.ticks).toBeCloseTo(90, 9);
    expect(deeper.velocityY).toBeCloseTo(7 - 14 * 1.5, 9);
    // It passes the net after 1 s, at 3 m.
    expect(heightAtNet(ball)).toBeCloseTo(3, 12);
    expect(heightAtNet({ ...ball, velocityX: -2 })).toBe(Number.NEGATIVE_INFINITY);
  });

  it('starts from a player as the simulation throws it', () => {
    for (const behind of [-0.3, 0, 0.25, 0.5]) {
      const height = Math.sqrt(contactDistance * contactDistance - behind * behind) - 0.001;
      const state = flying(
        -2 + 1 / 60,
        court.playerRadius + height + 8 / 60,
        -1,
        -8 + motion.ballGravity / 60,
        3 / motion.spinKept,
      );
      state[volleyState.players[0] + playerState.x] = -2 - behind;
      // Without the Magnus effect of the tick in which they meet.
      const expected = rebound(
        { x: -2, y: court.playerRadius + height, velocityX: -1, velocityY: -8, spin: 3, pace: 1 },
        behind,
      );
      volley.step(state, noActions, terms);
      expect(state[volleyState.ballVelocityX]).toBeCloseTo(expected.velocityX, 1);
      expect(state[volleyState.ballVelocityY]).toBeCloseTo(expected.velocityY, 1);
      expect(state[volleyState.ballSpin]).toBeCloseTo(expected.spin, 1);
    }
  });
});
