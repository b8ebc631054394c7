import type { Contestant } from '../../contract';
import { startingRating } from '../../match/elo';
import { nearestRating } from '../../match/round-robin';

/**
 * Whom somebody with that rating should meet: who is rated nearest; where nobody is rated, the first.
 *
 * @returns null where there is nobody but the agent in training, which is not rated.
 */
export function fittingOpponent(contestants: readonly Contestant[], rating: number): Contestant | null {
  const others = contestants.filter(({ kind }) => kind !== 'training');
  const rated = others.filter((each) => each.rating !== null);
  const candidates = rated.length > 0 ? rated : others;
  const nearest = nearestRating(
    candidates.map((each) => ({ id: each.id, rating: each.rating ?? startingRating })),
    rating,
  );
  return candidates.find(({ id }) => id === nearest?.id) ?? null;
}
