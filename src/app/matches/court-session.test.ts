import { describe, expect, it } from 'vitest';
import type { PersonInput } from '../../contract';
import { volley } from '../../game/volley/simulation';
import { Match } from '../../match/match';
import { scriptedMatchPlayer } from '../../match/player';
import { SeekableReplay } from '../../match/seekable-replay';
import { noInput } from '../../streams/input/person-input';
import { CourtSession } from './court-session';
import type { Hands } from './on-court';
import { playableReplay } from './playable-replay';

const [pebble, steady] = volley.scriptedPlayers ?? [];
if (pebble === undefined || steady === undefined) throw new Error('Volley has two scripted players.');

function setUp(person: boolean, hands: () => Hands = () => [noInput, noInput]) {
  const match = new Match({
    simulation: volley,
    seats: [
      { kind: 'player', player: scriptedMatchPlayer(steady!, 1) },
      person ? { kind: 'person', name: 'You' } : { kind: 'player', player: scriptedMatchPlayer(pebble!, 2) },
    ],
    seed: 11,
    pointsToWin: 2,
    countdownTicks: 0,
    pointTicks: 0,
  });
  let nowMs = 0;
  const session = new CourtSession({
    playable: match,
    tickMs: volley.tickMs,
    people: [null, person ? 0 : null],
    hands,
    // Each look takes a millisecond.
    nowMs: () => nowMs++,
  });
  return { match, session };
}

/** Frames of a 60 Hz display until the match is over. */
function playOut({ session }: ReturnType<typeof setUp>, frameMs = 1000 / 60): void {
  for (let frame = 0; session.view.phase !== 'over'; frame++) {
    expect(frame).toBeLessThan(20_000);
    session.frame(frame * frameMs);
  }
}

describe('CourtSession', () => {
  it('comes to the same match at every speed and frame rate', () => {
    const outcomes = (['1', '4', '16', 'max'] as const).map((speed) => {
      const set = setUp(false);
      set.session.setSpeed(speed);
      playOut(set, speed === '4' ? 7.3 : undefined);
      return [set.session.view.score, set.session.ticks, set.session.hash()];
    });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });

  it('plays one tick a frame at 1×, four at 4×, and none while it is paused', () => {
    const { session } = setUp(false);
    // A little over, so that rounding makes none of them short.
    const frame = (number: number) => session.frame(number * (volley.tickMs + 0.001));
    for (let number = 0; number <= 12; number++) frame(number);
    expect(session.ticks).toBe(12);
    session.setSpeed('4');
    frame(13);
    expect(session.ticks).toBe(16);
    session.setPaused(true);
    frame(14);
    expect(session.ticks).toBe(16);
    session.setPaused(false);
    frame(15);
    expect(session.ticks).toBe(20);
  });

  it('catches up 100 ms of a frame that came late, and no more', () => {
    const { session } = setUp(false);
    session.frame(0);
    session.frame(5000);
    expect(session.ticks).toBe(6);
  });

  it('puts what a person holds down in force with the next tick', () => {
    let held: PersonInput = noInput;
    const { session, match } = setUp(true, () => [held, noInput]);
    session.frame(0);
    session.frame(volley.tickMs + 0.01);
    expect([...match.actions.subarray(2)]).toEqual([1, 0]);
    // Forward, from the right seat, is left.
    held = { horizontal: -1, vertical: 1, primary: false };
    session.frame(2 * volley.tickMs + 0.01);
    expect([...match.actions.subarray(2)]).toEqual([2, 1]);
  });

  it('goes at 16× at most with a person in it', () => {
    const { session } = setUp(true);
    session.setSpeed('max');
    expect(session.speed).toBe('16');
  });

  it('is at another place of a replay with the next frame, paused or over, and goes on from there', () => {
    const { match, session: live } = setUp(false);
    live.setSpeed('max');
    playOut({ match, session: live });
    const record = match.record();
    const seeking = new SeekableReplay({ simulation: volley, record, countdownTicks: 0, pointTicks: 0 });
    const { replay } = seeking;
    const playable = playableReplay(seeking, record);
    const people = [null, null] as const;
    const { tickMs } = volley;
    const session = new CourtSession({
      playable,
      tickMs,
      people,
      hands: () => [noInput, noInput],
      nowMs: () => 0,
    });
    const stage = session.stage({ theme: () => 'dark', reducedMotion: () => false, sound: () => false });
    session.setPaused(true);
    session.seek(replay.length);
    session.frame(0);
    expect([session.view.phase, session.hash(), stage.cuts?.()]).toEqual(['over', record.finalHash, 1]);
    session.setPaused(false);
    session.seek(20);
    session.frame(1);
    expect(session.view.phase).toBe('rally');
    const { tick = 0 } = session.position ?? {};
    expect(tick).toBe(20);
    session.frame(1 + 2.5 * tickMs);
    expect(session.position?.tick).toBe(22);
    expect(stage.episodeTicks[0]).toBe(replay.episodeTicks);
  });

  it('stands still once it is left', () => {
    const { session } = setUp(false);
    session.frame(0);
    session.leave();
    session.frame(100);
    expect(session.ticks).toBe(0);
  });
});
