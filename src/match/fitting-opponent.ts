import type { Contestant } from '../contract';
import { nearestRating } from './round-robin';
import { isProvisional } from './standings';

/**
 * Whom somebody with that rating should meet: who is rated nearest, leaving out those whose rating may still be far
 * from how they play, and whoever was met last, so that the next opponent is another one.
 *
 * @param last the id of who was met last; null for nobody.
 * @returns null where there is nobody but the agent in training, which is not rated.
 */
export function fittingOpponent(
  contestants: readonly Contestant[],
  rating: number,
  last: string | null,
): Contestant | null {
  const everybody = contestants.filter(({ kind }) => kind !== 'training');
  const settled = everybody.flatMap((each) =>
    each.rating === null || isProvisional(each) ? [] : [{ id: each.id, rating: each.rating }],
  );
  const others = settled.filter(({ id }) => id !== last);
  const nearest = nearestRating(others.length > 0 ? others : settled, rating);
  return everybody.find(({ id }) => id === nearest?.id) ?? everybody[0] ?? null;
}
