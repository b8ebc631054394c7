import type { MatchView } from '../../contract';
import { isPerson, type MatchSetup, matchKind, personSeat } from '../../contract';
import { visitorPlayer } from '../../storage/standing';
import type { CountedMatch } from './rating-book';

/** What of a finished match decides how it counts. */
export interface FinishedMatch {
  readonly setup: MatchSetup;
  readonly winner: MatchView['winner'];
  /** True where all of it went at 1×. */
  readonly atGameSpeed: boolean;
  /** What a seat is rated under; null for who is not rated. */
  readonly keyOf: (seat: string) => string | null;
}

/**
 * How a finished match counts for ratings; null where it does not.
 *
 * A person's match always counts for the person, whose choice it is to play faster; for the agent only at game speed.
 * Two agents count for both, unless the seed was chosen: the same match again says nothing new. Those that ship stand
 * still all the same; see `RatingBook`.
 */
export function countedMatch({ setup, winner, atGameSpeed, keyOf }: FinishedMatch): CountedMatch | null {
  const kind = matchKind(setup);
  if (kind === 'people') return null;
  if (kind === 'agents' && setup.seed !== null) return null;
  const keys = setup.seats.map((seat) => (seat === personSeat ? visitorPlayer : keyOf(seat)));
  const [first = null, second = null] = keys;
  if (first === null || second === null || first === second) return null;
  const moves = (seat: string) => kind === 'agents' || isPerson(seat) || atGameSpeed;
  const score = winner === null ? 0.5 : winner === 0 ? 1 : 0;
  return { keys: [first, second], score, moves: [moves(setup.seats[0]), moves(setup.seats[1])] };
}
