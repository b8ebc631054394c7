import type { EnvironmentSpec, GameAbout } from '../contract';

/** What a panel tells of a game whose maker has told nothing: names and numbers, as the agent declares them. */
export function panelAbout(spec: EnvironmentSpec, told: Partial<GameAbout> = {}): GameAbout {
  const { game, observationSpace, actionSpace, rewardTerms } = spec;
  return {
    title: game,
    summary: '',
    setup: 'A copy of the game that nobody sees runs as fast as it can, and the agent learns there.',
    goal: 'Whatever earns most.',
    reward: rewardTerms.map(({ name, description }) => `${name}: ${description}`).join(' '),
    observations: `${observationSpace.size} numbers: ${observationSpace.names.join(', ')}.`,
    actions:
      actionSpace.kind === 'discrete'
        ? `One of ${actionSpace.labels.join(', ')}.`
        : 'As the agent declares them.',
    controls: 'The game’s own.',
    promise: {
      opening: () => '',
      tally: () => '',
      reached: () => '',
      marks: '',
      isCounted: () => false,
      isReached: () => false,
    },
    ...told,
  };
}
