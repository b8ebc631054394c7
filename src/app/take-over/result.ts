import type { DecisionEnvironment, EnvironmentSpec, Hyperparameters } from '../../contract';

/**
 * The return of an episode by the game's own weights, so that tries of different runs can be compared.
 *
 * @param sums of every reward term, arena by arena, of a game in which an agent is alone.
 */
export function returnOf(
  { rewardTerms }: Pick<EnvironmentSpec, 'rewardTerms'>,
  sums: DecisionEnvironment['episodeRewardTerms'],
  arena: number,
): number {
  const first = arena * rewardTerms.length;
  return rewardTerms.reduce(
    (sum, { defaultWeight }, term) => sum + defaultWeight * (sums[first + term] ?? 0),
    0,
  );
}

/** Whether a run's returns are counted by the game's own weights. */
export function hasUsualWeights(
  { rewardTerms }: Pick<EnvironmentSpec, 'rewardTerms'>,
  { rewardWeights }: Pick<Hyperparameters, 'rewardWeights'>,
): boolean {
  return rewardTerms.every(
    ({ name, defaultWeight }) => (rewardWeights[name] ?? defaultWeight) === defaultWeight,
  );
}
