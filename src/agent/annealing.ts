import type { Hyperparameters } from '../contract';

type AnnealingSettings = Pick<
  Hyperparameters,
  'learningRate' | 'learningRateAnnealing' | 'annealingDecisions' | 'rolloutLength'
>;

/**
 * Where the learning rate's line to 0 begins: at the decisions taken when annealing was switched on.
 *
 * @param before where it began so far; null while annealing was off.
 * @param decisions taken before the rollout that is learned from.
 * @returns null while annealing is off, so that switching it on again begins anew.
 */
export function annealedFrom(
  before: number | null,
  { learningRateAnnealing }: Pick<Hyperparameters, 'learningRateAnnealing'>,
  decisions: number,
): number | null {
  return learningRateAnnealing ? (before ?? decisions) : null;
}

/**
 * CleanRL's line: the full rate for the first rollout, 0 for the one after the horizon's last. The horizon holds whole
 * rollouts; what is left over of it is not waited for.
 *
 * @param agents that fill a rollout side by side.
 * @param from as `annealedFrom` gives it.
 * @param decisions taken before the rollout that is learned from.
 */
export function annealedLearningRate(
  { learningRate, annealingDecisions, rolloutLength }: AnnealingSettings,
  agents: number,
  from: number | null,
  decisions: number,
): number {
  if (from === null) return learningRate;
  const perRollout = rolloutLength * agents;
  const horizon = perRollout * Math.max(1, Math.floor(annealingDecisions / perRollout));
  return learningRate * Math.max(0, 1 - (decisions - from) / horizon);
}
