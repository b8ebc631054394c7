import type { PlayerLook } from './match';

/** Who meets whom: the words of matches that page, games and storage share. */

/** Somebody to meet. */
export interface Contestant {
  /** Such as `novice`, `bot-steady`, `training`, `generation-40`, `imported-1`. */
  readonly id: string;
  readonly name: string;
  /** `training` is the agent that learns in this page, as it is at the moment. */
  readonly kind: 'shipped' | 'scripted' | 'training' | 'generation' | 'imported';
  /** One sentence: who that is. */
  readonly summary: string;
  /** Elo; null for whom no match has been played yet. */
  readonly rating: number | null;
  /** Matches that the rating rests on, those of the shipped table included. */
  readonly matches: number;
  /** Left out for who has none of their own. */
  readonly look?: PlayerLook;
}

/** Whether somebody is a rung of the ladder that there is to climb: rated, and the same for everybody. */
export function isRung({ kind, rating }: Contestant): boolean {
  return (kind === 'shipped' || kind === 'scripted') && rating !== null;
}

/** Who sits in a seat: a contestant's id, or a person at this device; `secondPerson` only opposite `person`. */
export type SeatChoice = string;
/** The seat choice that is a person at this device. */
export const personSeat = 'person';
/** The seat choice that is a second person at it. */
export const secondPersonSeat = 'secondPerson';

/** What the next match is to be. */
export interface MatchSetup {
  /** Left, right. */
  readonly seats: readonly [SeatChoice, SeatChoice];
  /** Null for another one each time. */
  readonly seed: number | null;
  /** Whether the agent in training learns from the person’s match against it. */
  readonly learns: boolean;
  /** Whether it is practice in which the person serves every rally: it goes on until it is left, and counts for nothing. */
  readonly practisesServes?: boolean;
}

/** A kept match. */
export interface KeptReplay {
  readonly id: string;
  readonly names: readonly [string, string];
  readonly score: readonly [number, number];
  /** Milliseconds since 1970. */
  readonly playedAtMs: number;
}

/** A point of a recorded match. */
export interface RecordedPoint {
  /** Rally ticks into the match at which it fell. */
  readonly tick: number;
  /** Null where the time limit ended the rally. */
  readonly winner: Side | null;
  /** After it. */
  readonly score: readonly [number, number];
}

/** Where in a recorded match one is. */
export interface ReplayPosition {
  /** Rally ticks played. */
  readonly tick: number;
  /** Rally ticks in all. */
  readonly length: number;
  /** As far as they are known; the record is read ahead. */
  readonly points: readonly RecordedPoint[];
}

/** A seat: 0 is left, 1 right. */
export type Side = 0 | 1;
/** What the seats are called. */
export const sideNames: readonly [string, string] = ['left', 'right'];

/** What a match is for: one person against an agent, two people, or agents to be watched. */
export type MatchKind = 'person' | 'people' | 'agents';

/** The contestant that is the agent which is learning right now. */
export const trainingId = 'training';
const generationPrefix = 'generation-';

/** Whether a person sits there. */
export const isPerson = (seat: SeatChoice): boolean => seat === personSeat || seat === secondPersonSeat;

/** What a match between these seats is for. */
export function matchKind({ seats }: MatchSetup): MatchKind {
  const people = seats.filter(isPerson).length;
  return people === 0 ? 'agents' : people === 1 ? 'person' : 'people';
}

/** The id of the run's generation of that version. */
export const generationId = (version: number): SeatChoice => `${generationPrefix}${version}`;

/** The version of which a seat's id names the generation; null where it names somebody else. */
export function generationOf(seat: SeatChoice): number | null {
  return seat.startsWith(generationPrefix) ? Number(seat.slice(generationPrefix.length)) : null;
}

/** Whether the agent in training could learn from such a match: only from a person who plays against it. */
export function mayBeLearnedFrom(setup: MatchSetup): boolean {
  return matchKind(setup) === 'person' && setup.seats.includes(trainingId);
}
