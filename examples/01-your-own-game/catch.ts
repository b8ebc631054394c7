import type { Simulation } from 'playtrain';

/** The field is `width` columns wide and `height` rows high; the ball falls one row a tick. */
const width = 5;
const height = 6;

/** Indices into an arena's state. */
const ballColumn = 0;
const ballRow = 1;
const paddleColumn = 2;

/**
 * Catch, the smallest game there is: a ball falls from a random column, and the paddle on the floor moves left, right
 * or not at all. Everything that a game of your own needs is here.
 */
export const catchBall: Simulation = {
  game: 'catch',
  observationSpace: {
    size: 3,
    names: ['ball column', 'ball row', 'paddle column'],
    low: [-1, -1, -1],
    high: [1, 1, 1],
  },
  actionSpace: { kind: 'discrete', count: 3, labels: ['left', 'stay', 'right'] },
  rewardTerms: [
    { name: 'caught', description: 'Pays 1 for a ball caught, −1 for one missed.', defaultWeight: 1 },
  ],
  tickMs: 100,
  timeLimitTicks: 100,
  decisionIntervalTicks: 1,
  stateSize: 3,

  reset(state, random) {
    state[ballColumn] = Math.floor(random.uniform() * width);
    state[ballRow] = 0;
    state[paddleColumn] = Math.floor(width / 2);
  },

  step(state, action, rewardTerms) {
    const moved = state[paddleColumn]! + action[0]! - 1;
    state[paddleColumn] = Math.min(width - 1, Math.max(0, moved));
    state[ballRow]! += 1;
    const landed = state[ballRow] === height - 1;
    const caught = state[ballColumn] === state[paddleColumn];
    rewardTerms[0] = landed ? (caught ? 1 : -1) : 0;
    return landed;
  },

  observe(state, observation) {
    observation[0] = (2 * state[ballColumn]!) / (width - 1) - 1;
    observation[1] = (2 * state[ballRow]!) / (height - 1) - 1;
    observation[2] = (2 * state[paddleColumn]!) / (width - 1) - 1;
  },

  personAction(input, _tick, action) {
    action[0] = 1 + Math.sign(input.horizontal);
  },
};
