// Only the first of an episode's two choices pays. Whoever drops the step after an end, where it is an episode's first,
// never sees it paid.
export const first = {
  game: 'first',
  stateSize: 1,
  tickMs: 10,
  timeLimitTicks: 50,
  decisionIntervalTicks: 1,
  observationSpace: { size: 2, names: ['first', 'second'], low: [0, 0], high: [1, 1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['wrong', 'right'] },
  rewardTerms: [{ name: 'pay', description: 'Pays for the first choice.', defaultWeight: 1 }],
  reset: (state) => state.fill(0),
  step: (state, actions, terms) => {
    terms[0] = state[0] === 0 && actions[0] === 1 ? 1 : 0;
    state[0] += 1;
    return state[0] === 2;
  },
  observe: (state, observations) => {
    observations[0] = state[0] === 0 ? 1 : 0;
    observations[1] = 1 - observations[0];
  },
  personAction: () => {},
};
