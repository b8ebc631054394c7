import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { goldenTrajectory } from '../engine/golden-trajectory';
import { createVectorEnvironment } from '../engine/vector-environment';
import { swing } from './simulation';

/** Pendulum-v1's published step, with the engine's own sine: the new state and the reward. */
function published(theta: number, thetaDot: number, action: number): { state: number[]; reward: number } {
  const torque = Math.min(2, Math.max(-2, action));
  const turns = (theta + Math.PI) / (2 * Math.PI);
  const normalised = theta - Math.floor(turns) * 2 * Math.PI;
  const costs = normalised ** 2 + 0.1 * thetaDot ** 2 + 0.001 * torque ** 2;
  const speed = thetaDot + (((3 * 10) / 2) * Math.sin(theta) + 3 * torque) * 0.05;
  const newThetaDot = Math.min(8, Math.max(-8, speed));
  return { state: [theta + newThetaDot * 0.05, newThetaDot], reward: -costs };
}

function step(state: Float64Array, torque: number): { reward: number; terms: Float64Array } {
  const terms = new Float64Array(3);
  expect(swing.step(state, Float32Array.of(torque), terms)).toBe(false);
  const reward = swing.rewardTerms.reduce((sum, { defaultWeight }, i) => sum + defaultWeight * terms[i]!, 0);
  return { reward, terms };
}

describe('Swing', () => {
  it('steps and pays as Pendulum-v1 to 1e-9 from thousands of states', () => {
    const random = SeededRandom.fromSeed(21);
    const between = (limit: number) => (2 * random.uniform() - 1) * limit;
    for (let i = 0; i < 5000; i++) {
      const state = Float64Array.of(between(80), between(8));
      // Beyond the limit of 2 as well: the torque is clipped in the cost and in the dynamics.
      const torque = Math.fround(between(3));
      const expected = published(state[0]!, state[1]!, torque);
      const { reward } = step(state, torque);
      expect(Math.abs(state[0]! - expected.state[0]!)).toBeLessThan(1e-9);
      expect(Math.abs(state[1]! - expected.state[1]!)).toBeLessThan(1e-9);
      expect(Math.abs(reward - expected.reward)).toBeLessThan(1e-9);
    }
  });

  it('moves and costs as worked by hand', () => {
    const state = Float64Array.of(Math.PI / 2, 1);
    const { reward, terms } = step(state, 3);
    // Torque 3 is clipped to 2. θ̈ = 15 sin(π/2) + 3 · 2 = 21; θ̇ = 1 + 21 · 0.05 = 2.05; θ = π/2 + 2.05 · 0.05.
    // Cost, from the state before: (π/2)² + 0.1 · 1² + 0.001 · 2² = 2.4674011 + 0.1 + 0.004.
    expect(state[1]).toBeCloseTo(2.05, 14);
    expect(state[0]).toBeCloseTo(Math.PI / 2 + 0.1025, 14);
    expect(terms[1]).toBe(-1);
    expect(terms[2]).toBe(-4);
    expect(reward).toBeCloseTo(-2.57140110027234, 14);
  });

  it('measures the angle from upright, whichever way round it was reached', () => {
    // 3π/2 is a quarter turn to the left: cost (π/2)².
    const { terms } = step(Float64Array.of((3 * Math.PI) / 2, 0), 0);
    expect(terms[0]).toBeCloseTo(-((Math.PI / 2) ** 2), 12);
  });

  it('turns no faster than 8 radians per second', () => {
    const state = Float64Array.of(Math.PI / 2, 7.9);
    step(state, 2);
    expect(state[1]).toBe(8);
  });

  it('shows cosine, sine and angular velocity', () => {
    const observation = new Float32Array(3);
    swing.observe(Float64Array.of(Math.PI / 6, -3), observation);
    expect(observation[0]).toBeCloseTo(Math.sqrt(3) / 2, 7);
    expect(observation[1]).toBeCloseTo(0.5, 7);
    expect(observation[2]).toBe(-3);
  });

  it('starts at any angle, with a speed within ±1', () => {
    const random = SeededRandom.fromSeed(23);
    const state = new Float64Array(2);
    let angleSquares = 0;
    let speedSquares = 0;
    for (let episode = 0; episode < 20_000; episode++) {
      swing.reset(state, random);
      expect(Math.abs(state[0]!)).toBeLessThanOrEqual(Math.PI);
      expect(Math.abs(state[1]!)).toBeLessThanOrEqual(1);
      angleSquares += state[0]! ** 2;
      speedSquares += state[1]! ** 2;
    }
    // Variances of uniform numbers: π²/3 = 3.290 and 1/3, with standard errors of 0.02 and 0.002.
    expect(Math.abs(angleSquares / 20_000 - 3.29)).toBeLessThan(0.1);
    expect(Math.abs(speedSquares / 20_000 - 1 / 3)).toBeLessThan(0.01);
  });

  it('ends only by its time limit of 200 ticks', () => {
    const environment = createVectorEnvironment(swing, { arenas: 2, seed: 3 });
    environment.applyActions(new Float32Array(2));
    for (let tick = 0; tick < 300; tick++) environment.tick();
    const endings = environment.takeEndings();
    expect(
      endings.map(({ lengthTicks, truncated, terminated }) => [lengthTicks, truncated, terminated]),
    ).toEqual([
      [200, true, false],
      [200, true, false],
    ]);
  });

  it('gives a person the whole torque at full deflection, to the right for right', () => {
    const action = new Float32Array(1);
    const press = (horizontal: number) => {
      swing.personAction({ horizontal, vertical: 0, primary: false }, 0, action, 0);
      return action[0];
    };
    expect([-1, -0.5, 0, 0.5, 1].map(press)).toEqual([-2, -1, 0, 1, 2]);
    const state = Float64Array.of(0, 0);
    step(state, 2);
    expect(state[0]).toBeGreaterThan(0);
  });

  it('reaches the states it always reached', () => {
    const torque = (tick: number, arena: number) => ((tick * (arena + 1)) % 9) / 2 - 2;
    expect(goldenTrajectory(swing, torque)).toBe('986aadbe');
  });
});
