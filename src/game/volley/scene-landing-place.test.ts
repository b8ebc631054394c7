import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { court, volleyState } from './court';
import { landingX } from './scene-landing-place';
import { volley } from './simulation';

describe('landingX', () => {
  it('is at every tick where an untouched ball comes down, off walls and net as well', () => {
    const random = SeededRandom.fromSeed(3);
    const terms = new Float64Array(2 * volley.rewardTerms.length);
    // Both run back from the net.
    const actions = new Float32Array(4);
    let landed = 0;
    for (let rally = 0; rally < 60; rally++) {
      const state = new Float64Array(volley.stateSize);
      volley.reset(state, random);
      state[volleyState.serveTicks] = 0;
      state[volleyState.ballX] = -4.5 + 9 * random.uniform();
      state[volleyState.ballY] = 3.5 + 2 * random.uniform();
      state[volleyState.ballVelocityX] = -9 + 18 * random.uniform();
      state[volleyState.ballVelocityY] = -2 + 6 * random.uniform();
      const foreseen: number[] = [];
      let ended = false;
      while (!ended && foreseen.length < 170) {
        foreseen.push(landingX(state));
        ended = volley.step(state, actions, terms);
      }
      if (!ended || state[volleyState.lastTouch] !== -1 || state[volleyState.ticksSinceTouch]! < 5) continue;
      landed++;
      // What rubs along a wall or the net loses a little of its speed.
      for (const x of foreseen)
        expect(Math.abs(x - state[volleyState.ballX]!)).toBeLessThan(2 * court.ballRadius);
    }
    expect(landed).toBeGreaterThan(10);
  });
});
