import type { Hyperparameters } from 'playtrain';
import type { LiveGoal } from '../live-example';

/** Sixteen cars fill a rollout so quickly that updates take longer: so they are fewer, each over more of it. */
export const racerSettings: Partial<Hyperparameters> = {
  minibatchSize: 512,
  epochs: 6,
  entropyCoefficient: 0,
};

export const racerGoal: LiveGoal = {
  sentence: 'a lap from line to line without touching a wall',
  score: ({ terms }) => terms['clean'] ?? 0,
  least: 1,
};
