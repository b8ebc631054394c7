import {
  type Contestant,
  generationOf,
  isPerson,
  type MatchKind,
  type MatchSetup,
  matchKind,
  personSeat,
  type SeatChoice,
  type Side,
  secondPersonSeat,
  trainingId,
} from '../../contract';
import { contestantTexts } from '../../texts/contestants';
import type { Intent, PageState } from '../shell/page-state';

/** What a person is called: “You”, where only one plays; two are told apart, whoever of them reads it. */
export function personName(seat: SeatChoice, kind: MatchKind): string {
  if (kind !== 'people') return 'You';
  return seat === secondPersonSeat ? 'Player 2' : 'Player 1';
}

/** Who sits in a seat of a match of that kind, as the setup names them; an id where nobody is known by it. */
export function seatName(seat: SeatChoice, kind: MatchKind, contestants: readonly Contestant[]): string {
  if (isPerson(seat)) return personName(seat, kind);
  const name = contestants.find(({ id }) => id === seat)?.name;
  if (name !== undefined) return name;
  const version = generationOf(seat);
  return version === null ? seat : contestantTexts.generation(version);
}

/** `setup` with another seat on that side. */
export function withSeat(setup: MatchSetup, side: Side, seat: SeatChoice): MatchSetup {
  const [left, right] = setup.seats;
  return { ...setup, seats: side === 0 ? [seat, right] : [left, seat] };
}

export function withSidesSwapped(setup: MatchSetup): MatchSetup {
  const [left, right] = setup.seats;
  return { ...setup, seats: [right, left] };
}

/**
 * `setup` for a match of another kind, with as many of those who are in it as have a place there. A seed stays only
 * where agents are watched: people want other serves each time.
 *
 * @param before the last setup with an agent in it, whose agents come back; null where there was none.
 * @param contestants who may take a seat that falls free, the strongest first.
 */
export function withKind(
  setup: MatchSetup,
  kind: MatchKind,
  before: MatchSetup | null,
  contestants: readonly Contestant[],
): MatchSetup {
  if (kind === matchKind(setup)) return setup;
  const isRight = setup.seats[1] === personSeat;
  if (kind === 'people') {
    return {
      ...setup,
      seed: null,
      seats: isRight ? [secondPersonSeat, personSeat] : [personSeat, secondPersonSeat],
    };
  }
  const agents = [...setup.seats, ...(before?.seats ?? [])].filter((seat) => !isPerson(seat));
  // Else the weakest of the rated, so that nobody's first match is against the champion.
  const rated = contestants.filter(({ rating }) => rating !== null);
  const first = agents[0] ?? rated.at(-1)?.id ?? trainingId;
  if (kind === 'person') {
    return { ...setup, seed: null, seats: isRight ? [first, personSeat] : [personSeat, first] };
  }
  const others = [...agents, ...contestants.map(({ id }) => id)];
  const second = others.find((id) => id !== first) ?? first;
  return { ...setup, seats: isPerson(setup.seats[0]) ? [second, first] : [first, second] };
}

/** True while a person's hands are on the game: in a match that is not over, or in the focused arena. */
export function personPlays({ play, focusPlayer }: PageState): boolean {
  const court = play?.court ?? null;
  if (court === null) return focusPlayer === 'person';
  return court.kind === 'match' && court.view.phase !== 'over' && court.setup.seats.some(isPerson);
}

/** What pauses a match while a person reads what lies over it: it would go on, and whoever reads would lose. */
export function pausedToRead({ play }: PageState): Intent | null {
  const court = play?.court ?? null;
  const isGoingOn = court !== null && !court.paused && court.view.phase !== 'over';
  return isGoingOn ? { kind: 'pauseMatch', on: true } : null;
}

/** True while two people share the keyboard. */
export function twoPlay({ play }: PageState): boolean {
  const court = play?.court ?? null;
  return court !== null && court.kind === 'match' && matchKind(court.setup) === 'people';
}

/** True while a person plays somebody's own game, which has keys and touches of its own. */
export function playsLive({ kind, focusPlayer }: PageState): boolean {
  return kind === 'live' && focusPlayer === 'person';
}

/** True while the page's keys and pads are hands on a game: a person plays, and the match is not paused. */
export function handsOn(state: PageState): boolean {
  return personPlays(state) && !playsLive(state) && state.play?.court?.paused !== true;
}
