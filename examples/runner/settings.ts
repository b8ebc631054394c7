import type { Hyperparameters } from 'playtrain';
import type { LiveGoal } from '../live-example';

export const runnerSettings: Partial<Hyperparameters> = { discount: 0.98 };

export const runnerGoal: LiveGoal = {
  sentence: 'the level’s end reached from its start in one life',
  // Other episodes begin at a checkpoint.
  score: ({ terms }) => (terms['way']! > 25 ? terms['flag']! : 0),
  least: 1,
};
