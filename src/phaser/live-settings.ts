import {
  cleanrlHyperparameters,
  type GamePresets,
  type Hyperparameters,
  sb3Hyperparameters,
} from '../contract';
import { type AgentDefinition, agentsOf } from './agent-definition';

/** Decisions of a rollout in all: long where a single agent fills it. */
const rolloutDecisions = 2_048;

/** Settings for one live game: rollouts are long, since a single game fills them, and learning is quick to begin. */
export function liveHyperparameters(
  definition: Pick<AgentDefinition<never>, 'every' | 'earns' | 'seats' | 'bodies'>,
  more: Partial<Hyperparameters> = {},
): Hyperparameters {
  const { every, earns, seats = 1, bodies = 1 } = definition;
  const { arenas = bodies } = more;
  return {
    ...sb3Hyperparameters,
    learningRate: 1e-3,
    arenas,
    collectors: '1',
    decisionIntervalTicks: every,
    rolloutLength: Math.ceil(rolloutDecisions / (seats * arenas)),
    minibatchSize: 256,
    entropyCoefficient: 0.01,
    ...more,
    rewardWeights: Object.fromEntries(Object.entries(earns).map(([name, { weight }]) => [name, weight])),
  };
}

/** Named settings of a live game: `fast` are its own, the others differ from the libraries' in what the agent declares. */
export function livePresets(
  definition: Parameters<typeof liveHyperparameters>[0],
  settings: Partial<Hyperparameters> = {},
): GamePresets {
  const fast = liveHyperparameters(definition, settings);
  const { arenas, collectors, decisionIntervalTicks, rewardWeights } = fast;
  const asDeclared = (preset: Hyperparameters): Hyperparameters => ({
    ...preset,
    arenas,
    collectors,
    decisionIntervalTicks,
    rewardWeights,
    // As many decisions in all.
    rolloutLength: Math.ceil((preset.rolloutLength * preset.arenas) / agentsOf(definition)),
  });
  return { fast, sb3: asDeclared(sb3Hyperparameters), cleanrl: asDeclared(cleanrlHyperparameters) };
}
