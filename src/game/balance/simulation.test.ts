import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { goldenTrajectory } from '../engine/golden-trajectory';
import { balance } from './simulation';

/** CartPole-v1's published step, with the engine's own sine and cosine. */
function published(state: readonly number[], right: boolean): number[] {
  const [x, xDot, theta, thetaDot] = state as [number, number, number, number];
  const force = right ? 10 : -10;
  const temp = (force + 0.05 * thetaDot ** 2 * Math.sin(theta)) / 1.1;
  const thetaAcc =
    (9.8 * Math.sin(theta) - Math.cos(theta) * temp) / (0.5 * (4 / 3 - (0.1 * Math.cos(theta) ** 2) / 1.1));
  const xAcc = temp - (0.05 * thetaAcc * Math.cos(theta)) / 1.1;
  return [x + 0.02 * xDot, xDot + 0.02 * xAcc, theta + 0.02 * thetaDot, thetaDot + 0.02 * thetaAcc];
}

function step(state: Float64Array, right: boolean): { terminated: boolean; terms: Float64Array } {
  const terms = new Float64Array(balance.rewardTerms.length);
  return { terminated: balance.step(state, Float32Array.of(right ? 1 : 0), terms), terms };
}

describe('Balance', () => {
  it('steps as CartPole-v1 to 1e-9 from thousands of states', () => {
    const random = SeededRandom.fromSeed(11);
    const between = (limit: number) => (2 * random.uniform() - 1) * limit;
    for (let i = 0; i < 5000; i++) {
      const state = Float64Array.of(between(3), between(5), between(1), between(5));
      const right = random.uniform() < 0.5;
      const expected = published([...state], right);
      step(state, right);
      expected.forEach((value, component) => {
        expect(Math.abs(state[component]! - value)).toBeLessThan(1e-9);
      });
    }
  });

  it('follows the published trajectory over whole episodes to 1e-9', () => {
    const random = SeededRandom.fromSeed(12);
    const state = new Float64Array(4);
    balance.reset(state, random);
    let expected = [...state];
    for (let tick = 0; tick < 60; tick++) {
      const right = tick % 2 === 0;
      expected = published(expected, right);
      step(state, right);
    }
    expected.forEach((value, component) => {
      expect(Math.abs(state[component]! - value)).toBeLessThan(1e-9);
    });
  });

  it('pushes an upright pole to the left as worked by hand', () => {
    const state = new Float64Array(4);
    const { terminated, terms } = step(state, false);
    // All zero, force −10: temp = −10 / 1.1 = −9.0909…
    // θ̈ = −cos 0 · temp / (0.5 (4/3 − 0.1/1.1)) = 9.0909… / 0.621212… = 14.634146…
    // ẍ = −9.0909… − 0.05 · 14.634146… / 1.1 = −9.756098…
    // Explicit Euler: positions move by the old velocities, 0; velocities by 0.02 of these.
    expect(state[0]).toBe(0);
    expect(state[1]).toBeCloseTo(-0.1951219512195122, 14);
    expect(state[2]).toBe(0);
    expect(state[3]).toBeCloseTo(0.2926829268292683, 14);
    expect(terminated).toBe(false);
    expect([...terms]).toEqual([1, 1]);
  });

  it('ends where the cart leaves the rail or the pole leans over 12°, and pays 1 for that tick too', () => {
    // 12° = 0.20943951023931953 rad.
    const cases: readonly (readonly [number, number, number, number, boolean])[] = [
      [2.39, 1, 0, 0, true], // 2.39 + 0.02 > 2.4
      [2.39, 0.4, 0, 0, false], // 2.398
      [-2.39, -1, 0, 0, true],
      [0, 0, 0.2, 0.5, true], // 0.2 + 0.01 > 0.2094
      [0, 0, 0.2, 0.4, false], // 0.208
      [0, 0, -0.2, -0.5, true],
    ];
    for (const [x, xDot, theta, thetaDot, ends] of cases) {
      const { terminated, terms } = step(Float64Array.of(x, xDot, theta, thetaDot), true);
      expect(terminated).toBe(ends);
      expect(terms[0]).toBe(1);
    }
  });

  it('starts every number within ±0.05, spread evenly', () => {
    const random = SeededRandom.fromSeed(13);
    const state = new Float64Array(4);
    const sums = [0, 0, 0, 0];
    for (let episode = 0; episode < 4000; episode++) {
      balance.reset(state, random);
      state.forEach((value, i) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(0.05);
        sums[i] = sums[i]! + value * value;
      });
    }
    // Variance of a uniform number on ±0.05: 0.05² / 3 = 8.33e-4.
    for (const sum of sums) expect(sum / 4000).toBeCloseTo(8.333e-4, 4);
  });

  it('cuts an episode at 500 ticks', () => {
    expect(balance.timeLimitTicks).toBe(500);
    expect(balance.tickMs).toBe(20);
  });

  it('alternates pushes for a person who presses nothing', () => {
    const action = new Float32Array(1);
    const press = (horizontal: number, tick: number) => {
      balance.personAction({ horizontal, vertical: 0, primary: false }, tick, action, 0);
      return action[0];
    };
    expect([0, 1, 2, 3].map((tick) => press(0, tick))).toEqual([0, 1, 0, 1]);
    expect([0, 1].map((tick) => press(-0.3, tick))).toEqual([0, 0]);
    expect([0, 1].map((tick) => press(1, tick))).toEqual([1, 1]);
  });

  it('reaches the states it always reached', () => {
    expect(goldenTrajectory(balance, (tick, arena) => (tick >> arena) & 1)).toBe('9f799736');
  });
});
