import type { PersonInput, RandomSource, Simulation } from '../../contract';
import { cosine, pi, sine, wrapAngle } from '../engine/trigonometry';

/**
 * Pendulum-v1 as Gymnasium defines it: a rod swung up by a motor too weak to lift it at once.
 * Metres, kilograms, seconds, radians.
 */
const gravity = 10.0;
const mass = 1.0;
const length = 1.0;
const tickSeconds = 0.05;
/** Radians per second. */
export const maximumSpeed = 8;
/** Newton metres. */
export const maximumTorque = 2;

/** Indices into the state. The angle is 0 upright and is not wrapped while an episode runs. */
export const swingState = { angle: 0, angularVelocity: 1 } as const;

export const swing: Simulation = {
  game: 'swing',
  stateSize: 2,
  tickMs: 50,
  timeLimitTicks: 200,
  decisionIntervalTicks: 1,
  observationSpace: {
    size: 3,
    names: ['cosine of the angle', 'sine of the angle', 'angular velocity'],
    low: [-1, -1, -maximumSpeed],
    high: [1, 1, maximumSpeed],
  },
  actionSpace: {
    kind: 'continuous',
    size: 1,
    names: ['torque'],
    low: [-maximumTorque],
    high: [maximumTorque],
  },
  // With the default weights the sum is Pendulum-v1's reward, −(θ² + 0.1 θ̇² + 0.001 u²).
  rewardTerms: [
    {
      name: 'angle',
      description: 'Costs the square of the angle from upright, in radians, before the tick.',
      defaultWeight: 1,
    },
    {
      name: 'speed',
      description: 'Costs the square of the angular velocity, in radians per second, before the tick.',
      defaultWeight: 0.1,
    },
    {
      name: 'effort',
      description: 'Costs the square of the torque, in newton metres.',
      defaultWeight: 0.001,
    },
  ],

  reset(state: Float64Array, random: RandomSource): void {
    state[0] = -pi + 2 * pi * random.uniform();
    state[1] = -1 + 2 * random.uniform();
  },

  step(state: Float64Array, action: Float32Array, rewardTerms: Float64Array): boolean {
    const angle = state[0]!;
    const angularVelocity = state[1]!;
    const torque = clip(action[0]!, maximumTorque);
    const fromUpright = wrapAngle(angle);
    rewardTerms[0] = -(fromUpright * fromUpright);
    rewardTerms[1] = -(angularVelocity * angularVelocity);
    rewardTerms[2] = -(torque * torque);

    const angularAcceleration =
      ((3 * gravity) / (2 * length)) * sine(angle) + (3.0 / (mass * length * length)) * torque;
    const nextVelocity = clip(angularVelocity + angularAcceleration * tickSeconds, maximumSpeed);
    // The new velocity moves the angle (semi-implicit Euler), as published.
    state[0] = angle + nextVelocity * tickSeconds;
    state[1] = nextVelocity;
    return false;
  },

  observe(state: Float64Array, observation: Float32Array): void {
    observation[0] = cosine(state[0]!);
    observation[1] = sine(state[0]!);
    observation[2] = state[1]!;
  },

  /** The whole torque at full deflection; right turns the rod to the right of upright. */
  personAction(input: PersonInput, _tick: number, action: Float32Array): void {
    action[0] = clip(maximumTorque * input.horizontal, maximumTorque);
  },
};

function clip(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
