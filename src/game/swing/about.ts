import type { GameAbout } from '../../contract';

/** Over an episode's ticks the squared angle, negative: the rod came up within two seconds or so, and stayed there. */
const heldAngleSum = -250;

export const swingAbout: GameAbout = {
  title: 'Swing',
  summary: 'Swing the rod up and hold it there with a motor too weak to lift it at once.',
  novelty: 'One continuous action: how hard the motor turns.',
  setup:
    'A rod hangs from a driven hinge and starts at any angle. It is exactly Pendulum-v1: 20 ticks a second, every episode 200 ticks long.',
  goal: 'Bring the rod upright with as little swinging as possible, and keep it there. A mean return over −250 is good; about −150 is as good as it gets.',
  reward:
    'Costs, so the return is negative: angle: the angle from upright squared, weight 1; speed: the angular velocity squared, weight 0.1; effort: the torque squared, weight 0.001.',
  observations:
    'Three numbers: the cosine and sine of the angle, and the angular velocity in radians per second.',
  actions: 'One number: the torque, from −2 to 2 newton metres, positive to the right.',
  controls:
    'Left and right arrow or A and D, the two halves of the touch pad, or a gamepad’s stick, which also gives part of the torque.',
  takeOverResult: 'return',
  promise: {
    opening: (arenas) => (arenas === 1 ? 'One rod, one brain.' : `${arenas} rods, one brain.`),
    tally: (times) => `It has tried ${times}.`,
    reached: (times) => `It has swung a rod up and held it! Before that it had tried ${times}.`,
    marks: 'Each try is 10 seconds long. A star: the rod stood at its end.',
    isCounted: () => true,
    isReached: ({ rewardTerms: [angle = 0] }) => angle > heldAngleSum,
  },
};
