import type { Simulation } from 'playtrain';

/** Indices into an arena's state: two lamps, the tool that is wanted, the one that is broken, and where the stick should point. */
const [lampA, lampB, wantedTool, brokenTool, targetX, targetY] = [0, 1, 2, 3, 4, 5];
const tools = ['hammer', 'saw', 'drill'];

/**
 * A workbench for one moment: press each button whose lamp is lit, take the tool that is wanted while another is broken,
 * and point the stick. What one part of the action does pays by itself, so that each must be learned.
 */
export const workbench: Simulation = {
  game: 'workbench',
  observationSpace: {
    size: 7,
    names: ['lamp a', 'lamp b', ...tools, 'target x', 'target y'],
    low: [0, 0, 0, 0, 0, -1, -1],
    high: [1, 1, 1, 1, 1, 1, 1],
  },
  // An action is five numbers, in this order: button a, tool, stick x, stick y, button b.
  actionSpace: {
    kind: 'product',
    parts: [
      { name: 'button a', kind: 'discrete', count: 2, labels: ['up', 'down'] },
      { name: 'tool', kind: 'discrete', count: 3, labels: tools, masked: true },
      { name: 'stick', kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -1], high: [1, 1] },
      { name: 'button b', kind: 'discrete', count: 2, labels: ['up', 'down'] },
    ],
  },
  rewardTerms: [
    { name: 'buttonA', description: 'Pays for the first button.', defaultWeight: 1 },
    { name: 'buttonB', description: 'Pays for the second button.', defaultWeight: 1 },
    { name: 'tool', description: 'Pays for the tool.', defaultWeight: 1 },
    { name: 'stick', description: 'Pays for pointing near.', defaultWeight: 1 },
  ],
  tickMs: 20,
  timeLimitTicks: 10,
  decisionIntervalTicks: 1,
  stateSize: 6,
  reset(state, random) {
    state[lampA] = random.uniform() < 0.5 ? 0 : 1;
    state[lampB] = random.uniform() < 0.5 ? 0 : 1;
    state[wantedTool] = Math.floor(3 * random.uniform());
    state[brokenTool] = (state[wantedTool] + (random.uniform() < 0.5 ? 1 : 2)) % 3;
    state[targetX] = 1.6 * random.uniform() - 0.8;
    state[targetY] = 1.6 * random.uniform() - 0.8;
  },
  step(state, action, rewardTerms) {
    const tool = action[1];
    if (tool === state[brokenTool]) throw new Error('A broken tool was taken.');
    rewardTerms[0] = action[0] === state[lampA] ? 1 : 0;
    rewardTerms[1] = action[4] === state[lampB] ? 1 : 0;
    rewardTerms[2] = tool === state[wantedTool] ? 1 : 0;
    rewardTerms[3] = 1 - (action[2]! - state[targetX]!) ** 2 - (action[3]! - state[targetY]!) ** 2;
    return true;
  },
  observe(state, observation) {
    observation[0] = state[lampA]!;
    observation[1] = state[lampB]!;
    for (let tool = 0; tool < 3; tool++) observation[2 + tool] = state[wantedTool] === tool ? 1 : 0;
    observation[5] = state[targetX]!;
    observation[6] = state[targetY]!;
  },
  // Flags for the masked parts only: one for each tool.
  mask(state, mask) {
    for (let tool = 0; tool < 3; tool++) mask[tool] = state[brokenTool] === tool ? 0 : 1;
  },
  personAction(input, _tick, action) {
    action[0] = input.primary ? 1 : 0;
    action[1] = 0;
    action[2] = input.horizontal;
    action[3] = input.vertical;
    action[4] = 0;
  },
};
