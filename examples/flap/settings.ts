import type { Hyperparameters } from 'playtrain';
import type { LiveGoal } from '../live-example';

/** Those for live games do. */
export const flapSettings: Partial<Hyperparameters> = {};

export const flapGoal: LiveGoal = {
  sentence: '16 gates passed in one episode',
  score: ({ terms }) => terms['gate'] ?? 0,
  least: 16,
};
