import type { Contestant } from '../../contract';
import { nextRung } from '../../match/next-rung';
import { noResults, tallyOf } from '../../match/results';
import { placingLeft, type Standing } from '../../match/standings';
import type { RatingChange, VisitorStanding } from '../../ui/matches/play-state';

/** What contestants are rated under; null for who is not rated. */
type KeyOf = (id: string) => string | null;

/** A visitor's standing as the page shows it beside those contestants. */
export function shownStanding(
  standing: Standing,
  contestants: readonly Pick<Contestant, 'id'>[],
  keyOf: KeyOf,
): VisitorStanding {
  const { rating, matches, results = noResults } = standing;
  const met = contestants.flatMap(({ id }) => {
    const tally = tallyOf(results, keyOf(id) ?? '');
    return tally.won + tally.lost === 0 ? [] : [[id, tally] as const];
  });
  return {
    rating,
    matches,
    placingLeft: placingLeft(standing),
    streak: results.streak,
    against: Object.fromEntries(met),
  };
}

/** What a visitor reached with a match that moved them from `before` to `after`, against whom that key names. */
export function ratingChange(
  { before, after }: { readonly before: Standing; readonly after: Standing },
  opponent: string,
  contestants: readonly Contestant[],
  keyOf: KeyOf,
): RatingChange {
  const { results = noResults } = after;
  const won = (key: string) => tallyOf(results, key).won > 0;
  const isFirst = won(opponent) && tallyOf(before.results ?? noResults, opponent).won === 0;
  const beaten = isFirst ? contestants.find(({ id }) => keyOf(id) === opponent) : undefined;
  const next = beaten && nextRung(contestants, beaten, (id) => won(keyOf(id) ?? ''));
  return {
    before: before.rating,
    after: after.rating,
    placingLeft: placingLeft(after),
    streak: results.streak,
    beaten: beaten === undefined ? null : { name: beaten.name, next: next?.name ?? null },
  };
}
