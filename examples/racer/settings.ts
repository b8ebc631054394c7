import type { Hyperparameters } from 'playtrain';
import type { LiveGoal } from '../live-example';

/** Those for live games do. */
export const racerSettings: Partial<Hyperparameters> = {};

export const racerGoal: LiveGoal = {
  sentence: 'a lap without touching a wall',
  score: ({ terms }) => terms['clean'] ?? 0,
  least: 1,
};
