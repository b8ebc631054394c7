import {
  cleanrlHyperparameters,
  type GamePresets,
  type Hyperparameters,
  hyperparameterFields,
  namesNear,
  PlaytrainError,
  sb3Hyperparameters,
} from '../contract';
import type { AgentDefinition } from './agent-definition';
import { agentsOf } from './agents-of';

/** Decisions of a rollout in all: long where a single agent fills it. */
const rolloutDecisions = 2_048;

/** What the agent itself declares, under another name. */
const declaredAs = { rewardWeights: 'earns', decisionIntervalTicks: 'every' } as const;

/** Settings that a developer may give: all but those that follow from what the agent declares. */
export type LiveSettings = Partial<Omit<Hyperparameters, 'rewardWeights' | 'decisionIntervalTicks'>>;

/**
 * Settings for one live game: rollouts are long, since a single game fills them, and learning is quick to begin.
 *
 * @throws PlaytrainError `bad-settings` for a setting that there is not.
 */
export function liveHyperparameters(
  definition: Pick<AgentDefinition<never>, 'every' | 'earns' | 'seats' | 'bodies'>,
  more: LiveSettings = {},
): Hyperparameters {
  refuseUnknown(more);
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
  settings: LiveSettings = {},
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

/** Whether they can work is for the learner to say; here, whether somebody will read them at all. */
function refuseUnknown(settings: LiveSettings): void {
  const names = hyperparameterFields.map(({ key }) => key).filter((key) => !Object.hasOwn(declaredAs, key));
  for (const name of Object.keys(settings)) {
    if (names.includes(name as (typeof names)[number])) continue;
    throw new PlaytrainError(
      'bad-settings',
      `There is no setting “${name}” to give; ${insteadOf(name, names)}`,
    );
  }
}

function insteadOf(name: string, names: readonly string[]): string {
  if (Object.hasOwn(declaredAs, name)) {
    return `it follows from “${declaredAs[name as keyof typeof declaredAs]}” of the agent.`;
  }
  const [near] = namesNear(name, names);
  return near === undefined ? `there are ${names.join(', ')}.` : `did you mean “${near}”?`;
}
