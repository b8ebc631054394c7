import type { Simulation } from '../../contract';

/**
 * The smallest simulation there is, for tests: a number that each tick adds the action to, plus a number that chance
 * sets at the start. It terminates where the number reaches 10 or more.
 */
export const counting: Simulation = {
  game: 'counting',
  stateSize: 2,
  tickMs: 10,
  timeLimitTicks: 8,
  decisionIntervalTicks: 2,
  observationSpace: { size: 2, names: ['count', 'start'], low: [-100, 0], high: [100, 1] },
  actionSpace: { kind: 'continuous', size: 1, names: ['step'], low: [-1], high: [4] },
  rewardTerms: [
    { name: 'tick', description: 'Pays 1 a tick.', defaultWeight: 1 },
    { name: 'step', description: 'Pays the action.', defaultWeight: 0.5 },
  ],
  reset(state, random) {
    state[0] = 0;
    state[1] = random.uniform();
  },
  step(state, action, rewardTerms) {
    state[0] = state[0]! + action[0]!;
    rewardTerms[0] = 1;
    rewardTerms[1] = action[0]!;
    return state[0]! >= 10;
  },
  observe(state, observation) {
    observation[0] = state[0]!;
    observation[1] = state[1]!;
  },
  personAction(input, _tick, action) {
    action[0] = input.horizontal;
  },
};
