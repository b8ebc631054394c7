// What was chosen last is forbidden; who chooses it all the same ends the game.
export const masked = {
  game: 'masked',
  stateSize: 1,
  tickMs: 10,
  timeLimitTicks: 20,
  decisionIntervalTicks: 1,
  observationSpace: { size: 1, names: ['last'], low: [0], high: [2] },
  actionSpace: { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'], masked: true },
  rewardTerms: [{ name: 'pay', description: 'Pays every step.', defaultWeight: 1 }],
  reset: (state) => state.fill(0),
  step: (state, actions, terms) => {
    if (actions[0] === state[0]) throw new Error('a forbidden choice');
    state[0] = actions[0];
    terms[0] = 1;
    return false;
  },
  observe: (state, observations) => {
    observations[0] = state[0];
  },
  mask: (state, masks) => {
    masks.fill(1);
    masks[state[0]] = 0;
  },
  personAction: () => {},
};
