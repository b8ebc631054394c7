import type { Simulation } from '../../contract';

/**
 * The smallest game of two, for tests: each tick a seat pulls with 0, 1 or 2, and doubles it by pressing. The lead is
 * what the left seat pulled more than the right one; at 6 a rally is won. The state remembers every action, over
 * rallies too.
 */
export const duel: Simulation = {
  game: 'duel',
  seats: 2,
  winTerm: 'won',
  stateSize: 3,
  tickMs: 10,
  timeLimitTicks: 8,
  decisionIntervalTicks: 2,
  observationSpace: { size: 2, names: ['lead', 'start'], low: [-100, 0], high: [100, 1] },
  actionSpace: {
    kind: 'multiDiscrete',
    counts: [3, 2],
    labels: [
      ['0', '1', '2'],
      ['once', 'twice'],
    ],
  },
  rewardTerms: [
    { name: 'tick', description: 'Pays 1 a tick.', defaultWeight: 0 },
    { name: 'won', description: 'Pays 1 for a rally won.', defaultWeight: 1 },
  ],
  reset(state, random) {
    state[0] = 0;
    state[1] = random.uniform();
  },
  step(state, actions, rewardTerms) {
    const pull = (seat: number) => actions[2 * seat]! * (1 + actions[2 * seat + 1]!);
    state[0] = state[0]! + pull(0) - pull(1);
    state[2] = (7 * state[2]! + 5 * pull(0) + pull(1) + 1) % 1_000_003;
    rewardTerms.fill(0);
    rewardTerms[0] = 1;
    rewardTerms[2] = 1;
    if (state[0] < 6 && state[0] > -6) return false;
    rewardTerms[state[0] > 0 ? 1 : 3] = 1;
    return true;
  },
  observe(state, observations) {
    observations[0] = state[0]!;
    observations[1] = state[1]!;
    observations[2] = -state[0]!;
    observations[3] = state[1]!;
  },
  personAction(input, _tick, action) {
    action[0] = 1 + input.horizontal;
    action[1] = input.primary ? 1 : 0;
  },
};
