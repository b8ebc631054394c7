import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volley } from '../game/volley/simulation';
import { playMatch } from './play-match';
import { type MatchRecord, packBytes, unpackBytes } from './record';
import { Replay } from './replay';
import { SeekableReplay, ticksASnapshot } from './seekable-replay';
import { wildPlayer } from './testing/pullers';

const rules = { countdownTicks: 4, pointTicks: 5 };
const recordOf = (seed: number, pointsToWin: number) =>
  playMatch(volley, [wildPlayer(seed), wildPlayer(seed + 1)], seed, pointsToWin).record;

/** Everything that what follows depends on, and what is seen. */
function seen(replay: Replay) {
  const { ticks, episodeTicks, view, state, previousState, actions } = replay;
  return {
    ticks,
    episodeTicks,
    view,
    states: [...state, ...previousState],
    actions: [...actions],
    hash: replay.hash(),
    digest: replay.tickDigest(),
  };
}

/** A replay that was only played, from its start to right after so many rally ticks. */
function played(record: MatchRecord, tick: number) {
  const replay = new Replay({ simulation: volley, record, ...rules });
  while (replay.ticks < tick) replay.tick();
  return replay;
}

/** Works until somebody is where they want to be. @returns in how many turns, of one look ahead each. */
function settle(seekable: SeekableReplay): number {
  for (let turn = 1; ; turn++) {
    let looks = 0;
    if (seekable.work(() => looks++ > 0)) return turn;
  }
}

describe('a replay that is watched from anywhere', () => {
  const record = recordOf(3, 7);
  const length = new Replay({ simulation: volley, record, ...rules }).length;
  it('has records to try it on that are longer than what lies between two kept moments', () => {
    expect(length).toBeGreaterThan(3 * ticksASnapshot);
  });

  it('is the same at a tick, and from there on, however one came there', () => {
    const steps = fc.array(
      fc.record({ to: fc.integer({ min: 0, max: length }), thenTicks: fc.integer({ min: 0, max: 90 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(steps, (jumps) => {
        const seekable = new SeekableReplay({ simulation: volley, record, ...rules });
        for (const { to, thenTicks } of jumps) {
          seekable.seek(to);
          settle(seekable);
          const straight = played(record, to);
          expect(seekable.position.tick).toBe(to);
          expect(seen(seekable.replay)).toEqual(seen(straight));
          straight.takeEndings();
          for (let tick = 0; tick < thenTicks; tick++) {
            seekable.replay.tick();
            straight.tick();
          }
          expect(seen(seekable.replay)).toEqual(seen(straight));
          expect(seekable.replay.takeEndings()).toEqual(straight.takeEndings());
        }
      }),
      { numRuns: 25 },
    );
  });

  it('says at once where it is about to be, and goes there in turns that each read a little', () => {
    const seekable = new SeekableReplay({ simulation: volley, record, ...rules });
    seekable.seek(length + 500);
    expect(seekable.position.tick).toBe(length);
    expect(seekable.replay.ticks).toBe(0);
    expect(settle(seekable)).toBeGreaterThan(10);
    expect(seekable.replay.view).toMatchObject({ phase: 'over', score: record.score });
    seekable.seek(-1);
    expect(settle(seekable)).toBe(1);
    expect(seekable.replay.view).toMatchObject({ phase: 'countdown', score: [0, 0] });
    expect(seekable.position).toBe(seekable.position);
  });

  it('knows every point, with who won it and what the score was then', () => {
    const seekable = new SeekableReplay({ simulation: volley, record, ...rules });
    seekable.work(() => false);
    expect(seekable.isRead).toBe(true);
    const { points } = seekable.position;
    expect(points.at(-1)).toMatchObject({ tick: length, score: record.score });
    for (const { tick, score } of points) {
      expect(played(record, tick).view.score).toEqual(score);
      expect(played(record, tick - 1).view.score).not.toEqual(score);
    }
    const won = (side: 0 | 1) => points.filter(({ winner }) => winner === side).length;
    expect([won(0), won(1)]).toEqual(record.score);
  });

  it('is refused only where it does not repeat, though one jumps beyond', () => {
    const codes = unpackBytes(record.actions);
    const at = 2 * (2 * ticksASnapshot + 30);
    codes[at] = (codes[at]! + 2) % 6;
    const altered = { ...record, actions: packBytes(codes) };
    const seekable = new SeekableReplay({ simulation: volley, record: altered, ...rules });
    seekable.seek(length);
    settle(seekable);
    expect(seekable.replay.ticks).toBe(2 * ticksASnapshot);
    expect(() => {
      while (!seekable.replay.isOver) seekable.replay.tick();
    }).toThrow('does not repeat');
  });
});
