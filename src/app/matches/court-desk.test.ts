import { describe, expect, it } from 'vitest';
import { type MatchSetup, personSeat, type Stage } from '../../contract';
import { volley } from '../../game/volley/simulation';
import type { CountedMatch } from '../../match/counting';
import { Match, type Seat } from '../../match/match';
import { scriptedMatchPlayer } from '../../match/player';
import { noInput } from '../../streams/input/person-input';
import type { CourtState } from '../../ui/matches/play-state';
import { Court } from './court';
import { CourtDesk } from './court-desk';
import { CourtSession } from './court-session';
import { MatchCount } from './match-count';

const [pebble, , hawk] = volley.scriptedPlayers ?? [];
if (pebble === undefined || hawk === undefined) throw new Error('Volley has three scripted players.');
const players = { pebble, hawk };
type SeatName = keyof typeof players | typeof personSeat;

/** A real match to four points, of a person who does nothing or of scripted players. */
function courtOf(left: SeatName, right: SeatName, seed = 3): Court {
  const seat = (name: SeatName): Seat =>
    name === personSeat
      ? { kind: 'person', name: 'You' }
      : { kind: 'player', player: scriptedMatchPlayer(players[name], seed) };
  const match = new Match({
    simulation: volley,
    seats: [seat(left), seat(right)],
    seed,
    pointsToWin: 4,
    countdownTicks: 6,
    pointTicks: 6,
  });
  const person = (name: SeatName) => (name === personSeat ? 0 : null);
  const setup: MatchSetup = { seats: [left, right], seed: null, learns: false };
  return new Court({
    session: new CourtSession({
      playable: match,
      tickMs: volley.tickMs,
      people: [person(left), person(right)],
      hands: () => [noInput, noInput],
      nowMs: () => 0,
    }),
    setup,
    seed,
    count: new MatchCount(setup, [left, right]),
    learner: null,
  });
}

function setUp() {
  const shown: (Stage | null)[] = [];
  const rated: CountedMatch[] = [];
  const failures: unknown[] = [];
  let changes = 0;
  const change: CourtState['ratingChange'] = {
    before: 50,
    after: 40,
    placingLeft: 0,
    streak: 0,
    beaten: null,
  };
  const desk = new CourtDesk({
    wishes: { theme: () => 'dark', reducedMotion: () => false, sound: () => false },
    show: (stage) => shown.push(stage),
    handBack: () => {},
    rate: async (counted) => {
      rated.push(counted);
      return change;
    },
    changed: () => changes++,
    moved: () => {},
    failed: (_, error) => failures.push(error),
  });
  let nowMs = 0;
  /** Frames of a twelfth of a second at 16×, until something holds. */
  const playUntil = (holds: (court: Court) => boolean) => {
    for (let frame = 0; frame < 20_000; frame++) {
      const { current } = desk;
      if (current === null || holds(current)) return;
      desk.setSpeed('16');
      nowMs += 80;
      desk.frame(nowMs);
    }
    throw new Error('It never came to that.');
  };
  return { desk, shown, rated, failures, change, playUntil, changes: () => changes };
}

describe('the court', () => {
  it('counts a match once, when it is over, and not again when it is left', async () => {
    const { desk, rated, change, playUntil } = setUp();
    desk.put(courtOf(personSeat, 'hawk'));
    playUntil(({ isOver }) => isOver);
    await Promise.resolve();
    expect(rated).toHaveLength(1);
    expect(rated[0]).toMatchObject({ keys: [personSeat, 'hawk'], score: 0 });
    expect(desk.current?.ratingChange).toBe(change);
    expect(desk.leave()).toBe(true);
    expect(rated).toHaveLength(1);
    expect(desk.leave()).toBe(false);
  });

  it.each(['leave', 'clear', 'put'] as const)(
    'counts a match that is being lost when it is left by %s',
    (away) => {
      const { desk, rated, playUntil } = setUp();
      desk.put(courtOf(personSeat, 'hawk'));
      playUntil(({ session }) => session.view.score[1] > session.view.score[0]);
      expect(desk.standing()).toMatchObject({ score: 0 });
      if (away === 'put') desk.put(courtOf('hawk', 'pebble'));
      else desk[away]();
      expect(rated).toHaveLength(1);
    },
  );

  it('draws what is put there, and training once it is left; cleared, it leaves that to others', () => {
    const { desk, shown } = setUp();
    desk.put(courtOf(personSeat, 'hawk'));
    desk.put(courtOf('hawk', 'pebble'));
    expect(shown).toHaveLength(2);
    expect(shown[1]?.match?.()?.names).toEqual([hawk.name, pebble.name]);
    desk.clear();
    expect(shown).toHaveLength(2);
    expect(desk.current).toBeNull();
    desk.put(courtOf('hawk', 'pebble'));
    desk.leave();
    expect(shown.at(-1)).toBeNull();
  });

  it('remembers whom a person met, and nobody whom they only watched', () => {
    const { desk } = setUp();
    desk.put(courtOf('hawk', personSeat));
    expect(desk.lastMet).toBe('hawk');
    desk.put(courtOf('hawk', 'pebble'));
    expect(desk.lastMet).toBe('hawk');
  });

  it('pauses for hands that are gone only a match that they play', () => {
    const { desk, playUntil } = setUp();
    desk.put(courtOf('hawk', 'pebble'));
    desk.handsOff();
    expect(desk.current?.session.paused).toBe(false);
    desk.put(courtOf(personSeat, 'hawk'));
    expect(desk.isPlayed).toBe(true);
    desk.handsOff();
    expect(desk.current?.session.paused).toBe(true);
    desk.setPaused(false);
    playUntil(({ isOver }) => isOver);
    expect(desk.isPlayed).toBe(false);
    desk.handsOff();
    expect(desk.current?.session.paused).toBe(false);
  });

  it('stops what cannot be played on, and tells it once', () => {
    const { desk, failures } = setUp();
    const court = courtOf('hawk', 'pebble');
    court.session.frame = () => {
      if (!court.session.paused) throw new Error('The replay does not repeat.');
    };
    desk.put(court);
    desk.frame(0);
    desk.frame(100);
    expect(failures).toHaveLength(1);
  });
});
