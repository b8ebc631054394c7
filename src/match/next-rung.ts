import { type Contestant, isRung } from '../contract';

/** Whom to beat next who has just beaten `beaten`: the weakest above whom they have not; null where nobody is left. */
export function nextRung(
  contestants: readonly Contestant[],
  beaten: Pick<Contestant, 'rating'>,
  hasBeaten: (id: string) => boolean,
): Contestant | null {
  const ratingOf = ({ rating }: Pick<Contestant, 'rating'>) => rating ?? Number.NEGATIVE_INFINITY;
  const left = contestants.filter(
    (each) => isRung(each) && ratingOf(each) > ratingOf(beaten) && !hasBeaten(each.id),
  );
  return left.sort((a, b) => ratingOf(a) - ratingOf(b))[0] ?? null;
}
