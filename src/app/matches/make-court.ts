import {
  isPerson,
  type MatchSetup,
  matchKind,
  PlaytrainError,
  personSeat,
  type Side,
  secondPersonSeat,
  trainingId,
} from '../../contract';
import { seatKeys } from '../../match/counting';
import { Match, type Seat } from '../../match/match';
import type { MatchRecord } from '../../match/record';
import { SeekableReplay } from '../../match/seekable-replay';
import { visitorPlayer } from '../../storage/standing';
import { contestantTexts } from '../../texts/contestants';
import { personName } from '../../ui/matches/seats';
import { playerFrom } from '../../workers/player-source';
import type { RunSession } from '../runs/run-session';
import { Court } from './court';
import { CourtSession, type Playable } from './court-session';
import { LearnerOnCourt } from './learner-on-court';
import { LearningMatch } from './learning-match';
import type { Library } from './library';
import { MatchCount } from './match-count';
import type { Hands } from './on-court';
import { playableReplay } from './playable-replay';

export const pointsToWin = 7;
const ticksPerSecond = 60;
const countdownTicks = 3 * ticksPerSecond;
/** Nobody has to get ready for it. */
const watchedCountdownTicks = 1.5 * ticksPerSecond;
const pointTicks = ticksPerSecond;

/** What matches of their own take from the page. */
export interface HandsAndClock {
  readonly hands: () => Hands;
  readonly nowMs: () => number;
}

/** @throws PlaytrainError `bad-settings` where somebody in the setup is not to be met any more. */
export function refuseStrangers(library: Library, { seats }: MatchSetup): void {
  for (const seat of seats) {
    if (isPerson(seat) || library.roster.knows(seat)) continue;
    throw new PlaytrainError('bad-settings', contestantTexts.isGone(seat));
  }
}

/**
 * A match in an arena of its own.
 *
 * @param version of the agent in training, which plays as it is now.
 * @throws PlaytrainError where somebody cannot play, with what to do.
 */
export async function matchOfItsOwn(
  library: Library,
  setup: MatchSetup,
  seed: number,
  handsAndClock: HandsAndClock,
  version: number,
): Promise<Court> {
  const server: Side = setup.seats[0] === personSeat ? 0 : 1;
  const match = new Match({
    simulation: library.simulation,
    ...(setup.practisesServes === true && { isEndless: true, server }),
    seats: [await seatOf(library, setup, 0, seed), await seatOf(library, setup, 1, seed)],
    seed,
    pointsToWin,
    countdownTicks: matchKind(setup) === 'agents' ? watchedCountdownTicks : countdownTicks,
    pointTicks,
  });
  return new Court({
    session: sessionOf(match, library, setup.seats, handsAndClock),
    setup,
    seed,
    count: countOf(library, setup),
    learner: setup.seats.includes(trainingId) ? new LearnerOnCourt(version, () => false) : null,
  });
}

/** A match in the run's first arena, from which its agent learns. */
export function learningMatch(library: Library, run: RunSession, setup: MatchSetup, seed: number): Court {
  const { arenas } = run;
  if (arenas === null) throw new Error('Only arenas of a simulation have a court.');
  const [left, right] = setup.seats;
  const name = (seat: string) => (isPerson(seat) ? personName(seat, 'person') : contestantTexts.inTraining);
  const session = new LearningMatch({
    simulation: library.simulation,
    driver: arenas.driver,
    personSeat: left === personSeat ? 0 : 1,
    names: [name(left), name(right)],
    seed,
    pointsToWin,
    countdownTicks,
    isReady: () => run.isReady,
    setPace: (pace) => arenas.setMatchPace(pace, run.view),
  });
  const { policyVersion } = run.view.status;
  return new Court({
    session,
    setup,
    seed,
    count: countOf(library, setup),
    learner: new LearnerOnCourt(policyVersion, () => run.view.learning),
  });
}

/** What is shown again, and whether it is among the kept matches. */
export interface Recording {
  readonly record: MatchRecord;
  readonly kept: boolean;
}

/** A recorded match, to be watched. @throws PlaytrainError `bad-file` where it is of another game; `other-rules`. */
export function replayOf(
  library: Library,
  { record, kept }: Recording,
  setup: MatchSetup,
  handsAndClock: HandsAndClock,
): Court {
  const { simulation } = library;
  const rules = { countdownTicks: watchedCountdownTicks, pointTicks };
  const seeking = new SeekableReplay({ simulation, record, ...rules });
  const playable = playableReplay(seeking, record);
  const session = sessionOf(playable, library, ['', ''], handsAndClock);
  return new Court({ session, setup, seed: record.seed, count: null, learner: null, kept });
}

function countOf({ roster }: Library, setup: MatchSetup): MatchCount {
  return new MatchCount(
    setup,
    seatKeys(setup, visitorPlayer, (seat) => roster.keyOf(seat)),
  );
}

async function seatOf(library: Library, setup: MatchSetup, seat: 0 | 1, seed: number): Promise<Seat> {
  const choice = setup.seats[seat];
  if (isPerson(choice)) return { kind: 'person', name: personName(choice, matchKind(setup)) };
  const source = await library.roster.source(choice);
  return { kind: 'player', player: playerFrom(source, library.simulation, seat, seed) };
}

function sessionOf(
  playable: Playable,
  { simulation, roster }: Library,
  [left, right]: MatchSetup['seats'],
  { hands, nowMs }: HandsAndClock,
): CourtSession {
  const person = (seat: string) => (seat === personSeat ? 0 : seat === secondPersonSeat ? 1 : null);
  const people = [person(left), person(right)] as const;
  const looks = [roster.lookOf(left), roster.lookOf(right)] as const;
  return new CourtSession({ playable, tickMs: simulation.tickMs, people, looks, hands, nowMs });
}
