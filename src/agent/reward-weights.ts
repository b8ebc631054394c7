import type { EnvironmentSpec, Hyperparameters } from '../contract';

/** The weight of each reward term, in the terms' order: the person's, or else the game's own. */
export function rewardWeightsOf(
  spec: Pick<EnvironmentSpec, 'rewardTerms'>,
  settings: Pick<Hyperparameters, 'rewardWeights'>,
): readonly number[] {
  return spec.rewardTerms.map(({ name, defaultWeight }) => settings.rewardWeights[name] ?? defaultWeight);
}
