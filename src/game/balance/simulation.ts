import type { PersonInput, RandomSource, Simulation } from '../../contract';
import { cosine, pi, sine } from '../engine/trigonometry';

/**
 * CartPole-v1 as Gymnasium defines it: the cart-pole of Barto, Sutton and Anderson ("Neuronlike adaptive elements that
 * can solve difficult learning control problems", 1983) with a frictionless rail. Metres, kilograms, seconds, radians.
 */
const gravity = 9.8;
const cartMass = 1.0;
const poleMass = 0.1;
const totalMass = poleMass + cartMass;
/** Half the pole's length. */
const poleHalfLength = 0.5;
const poleMassLength = poleMass * poleHalfLength;
const pushForce = 10.0;
const tickSeconds = 0.02;

/** The rail ends here, to both sides. */
export const railHalfLength = 2.4;
/** A pole leaning further than this has fallen: 12°. */
export const fallenAngle = (12 * 2 * pi) / 360;
const startRange = 0.05;

/** Indices into the state. The angle is 0 upright, positive to the right. */
export const balanceState = { position: 0, velocity: 1, angle: 2, angularVelocity: 3 } as const;
/** The two choices. */
export const balanceActions = { left: 0, right: 1 } as const;

export const balance: Simulation = {
  game: 'balance',
  stateSize: 4,
  tickMs: 20,
  timeLimitTicks: 500,
  decisionIntervalTicks: 1,
  observationSpace: {
    size: 4,
    names: ['position', 'velocity', 'angle', 'angular velocity'],
    // Twice the limits at which an episode ends, as published.
    low: [-2 * railHalfLength, -Infinity, -2 * fallenAngle, -Infinity],
    high: [2 * railHalfLength, Infinity, 2 * fallenAngle, Infinity],
  },
  actionSpace: { kind: 'discrete', count: 2, labels: ['push left', 'push right'] },
  rewardTerms: [
    {
      name: 'upright',
      description: 'Pays 1 for every tick, the one on which the pole falls included.',
      defaultWeight: 1,
    },
    {
      name: 'centred',
      description: 'Pays from 1 in the middle of the rail down to 0 at its ends; not part of CartPole-v1.',
      defaultWeight: 0,
    },
  ],

  reset(state: Float64Array, random: RandomSource): void {
    for (let i = 0; i < 4; i++) state[i] = -startRange + 2 * startRange * random.uniform();
  },

  step(state: Float64Array, action: Float32Array, rewardTerms: Float64Array): boolean {
    const position = state[0]!;
    const velocity = state[1]!;
    const angle = state[2]!;
    const angularVelocity = state[3]!;
    const force = action[0] === balanceActions.right ? pushForce : -pushForce;
    const sin = sine(angle);
    const cos = cosine(angle);

    const push = (force + poleMassLength * angularVelocity * angularVelocity * sin) / totalMass;
    const angularAcceleration =
      (gravity * sin - cos * push) / (poleHalfLength * (4.0 / 3.0 - (poleMass * cos * cos) / totalMass));
    const acceleration = push - (poleMassLength * angularAcceleration * cos) / totalMass;

    // Explicit Euler: every new value from old ones.
    const nextPosition = position + tickSeconds * velocity;
    const nextAngle = angle + tickSeconds * angularVelocity;
    state[0] = nextPosition;
    state[1] = velocity + tickSeconds * acceleration;
    state[2] = nextAngle;
    state[3] = angularVelocity + tickSeconds * angularAcceleration;

    const distance = nextPosition < 0 ? -nextPosition : nextPosition;
    rewardTerms[0] = 1;
    rewardTerms[1] = distance < railHalfLength ? 1 - distance / railHalfLength : 0;
    return distance > railHalfLength || nextAngle > fallenAngle || nextAngle < -fallenAngle;
  },

  observe(state: Float64Array, observation: Float32Array): void {
    for (let i = 0; i < 4; i++) observation[i] = state[i]!;
  },

  /** Left or right as the person says; with neither, pushes that alternate and so cancel out. */
  personAction(input: PersonInput, tick: number, action: Float32Array): void {
    if (input.horizontal < 0) action[0] = balanceActions.left;
    else if (input.horizontal > 0) action[0] = balanceActions.right;
    else action[0] = tick % 2 === 0 ? balanceActions.left : balanceActions.right;
  },
};
