import { isPerson, type MatchSetup, type MatchView, matchKind, personSeat } from '../contract';
import { scoreOf } from './elo';
import type { CountedMatch } from './standings';

export type { CountedMatch } from './standings';

/** At what speed a match went: the game's all the time, or faster or slower for a while; slower is practice. */
export type MatchPace = 'game' | 'faster' | 'slower';

/** A match that is over, or is left. */
export interface EndedMatch {
  readonly setup: MatchSetup;
  /** What both are rated under, as `seatKeys` had it when they met. */
  readonly keys: SeatKeys;
  readonly view: Pick<MatchView, 'phase' | 'winner' | 'score' | 'person'>;
  readonly pace: MatchPace;
}

/** What the left and the right seat are rated under; null for who is not rated. */
export type SeatKeys = readonly [string | null, string | null];

/**
 * What those who are to meet are rated under. Asked when a match is set up: an id such as a generation's may later name
 * somebody else.
 *
 * @param visitor the key of the person who plays.
 * @param keyOf of everybody but people; null for who is not rated.
 */
export function seatKeys(
  { seats }: MatchSetup,
  visitor: string,
  keyOf: (seat: string) => string | null,
): SeatKeys {
  const key = (seat: string) => (seat === personSeat ? visitor : isPerson(seat) ? null : keyOf(seat));
  return [key(seats[0]), key(seats[1])];
}

/**
 * How a match counts for ratings; null where it does not.
 *
 * A person's match counts for the person also where it was played faster, which is the person's choice and harder; for
 * the agent it does only at game speed. One that was slowed down counts for nobody, and neither does practice.
 * Whoever leaves a match that they are losing has lost it, or ratings would only rise; left at even score, or in the
 * lead, it counts for nothing. Two agents count for both, unless the seed was chosen: the same match again says
 * nothing new.
 */
export function countedMatch({ setup, keys, view, pace }: EndedMatch): CountedMatch | null {
  const kind = matchKind(setup);
  const [first, second] = keys;
  if (kind === 'people' || first === null || second === null || first === second) return null;
  if (kind === 'agents' && (setup.seed !== null || view.phase !== 'over')) return null;
  if (setup.practisesServes === true || (kind === 'person' && pace === 'slower')) return null;
  const score = view.phase === 'over' ? scoreOf(view.winner) : scoreWhenLeft(view);
  if (score === null) return null;
  const moves = (seat: string) => kind === 'agents' || isPerson(seat) || pace === 'game';
  return { keys: [first, second], score, moves: [moves(setup.seats[0]), moves(setup.seats[1])] };
}

/** Of the left seat, where the person leaves who is behind; null where nobody is. */
function scoreWhenLeft({ score, person }: EndedMatch['view']): number | null {
  if (person === null) return null;
  const other = person === 0 ? 1 : 0;
  return score[person] < score[other] ? scoreOf(other) : null;
}
