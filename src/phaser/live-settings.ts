import { type Hyperparameters, sb3Hyperparameters } from '../contract';
import type { AgentDefinition } from './agent-definition';

/** Settings for one live game: rollouts are long, since a single game fills them, and learning is quick to begin. */
export function liveHyperparameters(
  { every, earns }: Pick<AgentDefinition<never>, 'every' | 'earns'>,
  more: Partial<Hyperparameters> = {},
): Hyperparameters {
  return {
    ...sb3Hyperparameters,
    learningRate: 1e-3,
    arenas: 1,
    collectors: '1',
    decisionIntervalTicks: every,
    rolloutLength: 2_048,
    minibatchSize: 256,
    entropyCoefficient: 0.01,
    ...more,
    rewardWeights: Object.fromEntries(Object.entries(earns).map(([name, { weight }]) => [name, weight])),
  };
}
