import type { GameAbout } from 'playtrain';

const goodGates = 16;

export const flapAbout: GameAbout = {
  title: 'Flap',
  summary: 'Flap through the gates; a Phaser game that knows of no agent.',
  novelty: 'A Phaser game as it is, learned in a twin that nobody sees.',
  setup:
    'A bird falls, and each flap sets its speed upwards. Gates come from the right, their gaps at heights of their own. It is a Phaser game as such games are written, with Arcade physics, timers and tweens; a copy of it that nobody sees runs as fast as it can, and the agent learns there.',
  goal: `Pass ${goodGates} gates without touching one, the ground or the sky.`,
  reward: 'gate: 1 for each gate passed. alive: 0.01 for each decision. crash: −1 for the crash.',
  observations:
    'Four numbers: the bird’s height and speed, how near the next gate is, and how far above or below its gap lies.',
  actions: 'Two: wait, or press the space bar, as a person would.',
  controls: 'The space bar, a click or a tap flaps.',
  promise: {
    opening: () => 'One bird, and a twin of it that learns.',
    tally: (times) => `It has crashed ${times}.`,
    reached: (times) => `It has passed ${goodGates} gates! Before that it had crashed ${times}.`,
    marks: 'A cross: it crashed.',
    isCounted: ({ terminated }) => terminated,
    isReached: ({ rewardTerms }) => (rewardTerms[0] ?? 0) >= goodGates,
  },
};
