import type { Hyperparameters } from 'playtrain';
import type { LiveGoal } from '../live-example';

export const duelSettings: Partial<Hyperparameters> = {
  discount: 0.97,
  selfShare: 0.2,
  pastShare: 0,
  scriptedShare: 0.8,
};

/** Rounds against the middle scripted player that count, latest. */
const rounds = 50;

export const duelGoal: LiveGoal = {
  sentence: `60 % of ${rounds} rounds won against the middle scripted player`,
  score: ({ against }) => (against?.opponent === 'bot-middle' ? Number(against.outcome > 0) : null),
  least: 0.6,
  episodes: rounds,
};
