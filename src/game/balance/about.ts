import type { GameAbout } from '../../contract';

/** At 50 ticks a second. */
const tenSecondsTicks = 500;

export const balanceAbout: GameAbout = {
  title: 'Balance',
  summary: 'Keep the pole upright by pushing the cart left or right.',
  novelty: 'The classic to begin with: at each moment one of two actions.',
  setup:
    'A pole stands on a cart by a free hinge, and the cart rolls on a rail. It is exactly CartPole-v1: 50 ticks a second, each episode starting almost upright.',
  goal: 'Hold out for 500 ticks, ten seconds, without the pole leaning more than 12° or the cart leaving the rail.',
  reward:
    'upright: 1 for every tick, the one on which the pole falls included. centred: up to 1 for staying near the middle, weight 0 unless you raise it.',
  observations:
    'Four numbers: the cart’s position in metres and velocity, the pole’s angle in radians and angular velocity.',
  actions: 'Two: push left or push right with 10 newtons. There is no way not to push.',
  controls:
    'Left and right arrow or A and D, the two halves of the touch pad, or a gamepad’s stick. With nothing pressed the cart is pushed left and right in turn.',
  promise: {
    opening: (arenas) => (arenas === 1 ? 'One cart, one brain.' : `${arenas} carts, one brain.`),
    tally: (times) => `It has fallen ${times}.`,
    reached: (times) => `It has held for 10 seconds! Before that it had fallen ${times}.`,
    marks: 'A cross: it fell. A star: it held for 10 seconds.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ lengthTicks }) => lengthTicks >= tenSecondsTicks,
  },
};
