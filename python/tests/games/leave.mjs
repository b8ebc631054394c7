// One state, two choices: to stay pays 0.55, to leave pays 1 and ends the episode. With γ = 0.5 staying is worth more,
// 0.55 / (1 − γ) = 1.1; but whoever takes the step that only begins the next episode for one that pays 0 thinks that staying
// leads to less, and leaves.
export const leave = {
  game: 'leave',
  stateSize: 1,
  tickMs: 10,
  timeLimitTicks: 50,
  decisionIntervalTicks: 1,
  observationSpace: { size: 1, names: ['nothing'], low: [0], high: [1] },
  actionSpace: { kind: 'discrete', count: 2, labels: ['stay', 'leave'] },
  rewardTerms: [{ name: 'pay', description: 'Pays for the choice.', defaultWeight: 1 }],
  reset: (state) => state.fill(0),
  step: (_state, actions, terms) => {
    terms[0] = actions[0] === 1 ? 1 : 0.55;
    return actions[0] === 1;
  },
  observe: (_state, observations) => observations.fill(1),
  personAction: () => {},
};
