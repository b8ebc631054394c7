import { describe, expect, it } from 'vitest';
import { court, playerState, volleyState, volleyStateSize } from './court';
import { bounceOn } from './scene-after-point';

/** A ball low over the left side, flying at this speed to the right, and both players in the air. */
function pointWon(velocityX: number): Float64Array {
  const state = new Float64Array(volleyStateSize);
  state[volleyState.ballX] = -1.5;
  state[volleyState.ballY] = 0.4;
  state[volleyState.ballVelocityX] = velocityX;
  state[volleyState.ballVelocityY] = -7;
  for (const player of volleyState.players) state[player + playerState.y] = 1.8;
  return state;
}

describe('bounceOn', () => {
  it.each([-9, -3, 3, 9])(
    'keeps the ball on its side of the net and above the floor, from %i m/s on',
    (velocityX) => {
      for (const seconds of [1 / 120, 1 / 30, 0.1]) {
        const state = pointWon(velocityX);
        for (let passed = 0; passed < 3; passed += seconds) {
          bounceOn(state, seconds);
          expect(state[volleyState.ballX]).toBeLessThan(0);
          expect(state[volleyState.ballX]).toBeGreaterThanOrEqual(court.ballRadius - court.halfWidth);
          expect(state[volleyState.ballY]).toBeGreaterThanOrEqual(court.ballRadius);
        }
      }
    },
  );

  it('lets the ball bounce ever lower, and players come down', () => {
    const state = pointWon(1);
    let highest = 0;
    for (let frame = 0; frame < 240; frame++) {
      bounceOn(state, 1 / 60);
      highest = Math.max(highest, state[volleyState.ballY]!);
    }
    // It comes up with 0.55 of its 7 m/s: 3.85² / (2 × 14) = 0.53 m above the floor's 0.32 m.
    expect(highest).toBeGreaterThan(0.7);
    expect(highest).toBeLessThan(0.9);
    expect(state[volleyState.ballY]).toBeCloseTo(court.ballRadius, 6);
    for (const player of volleyState.players) {
      expect(state[player + playerState.y]).toBe(court.playerRadius);
    }
  });
});
