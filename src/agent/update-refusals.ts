import { areFinite, PlaytrainError } from '../contract';
import type { KnownEstimates } from './estimates';
import { statisticNames } from './minibatch-trainer';
import type { UpdateResult } from './update';

/** @throws PlaytrainError `not-finite` where advantages are not numbers that can be learned from. */
export function refuseNotFinite({ advantages }: KnownEstimates): void {
  if (areFinite(advantages)) return;
  throw new PlaytrainError(
    'not-finite',
    'The advantages of this rollout are not all finite numbers, so it was left out; check the game’s rewards and their weights, or lower the learning rate if values grew without bound.',
  );
}

/** @throws PlaytrainError `not-finite` where an update came to weights or statistics that are not finite. */
export function refuseDivergence(result: UpdateResult, version: number): void {
  const { parameters, adamMean, adamVariance, statistics } = result;
  const wrong = ([] as string[]).concat(
    [parameters, adamMean, adamVariance].every((numbers) => areFinite(numbers)) ? [] : ['weights'],
    statisticNames.filter((name) => !statistics.every((row) => Number.isFinite(row[name]))),
  );
  if (wrong.length === 0) return;
  throw new PlaytrainError(
    'not-finite',
    `Update ${version} gave numbers that are not finite (${wrong.join(', ')}), so it was taken back; lower the learning rate, the clip range or the gradient-norm clip.`,
  );
}
