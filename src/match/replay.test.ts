import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volley } from '../game/volley/simulation';
import { Match } from './match';
import { playMatch } from './play-match';
import { decodeMatchRecord, encodeMatchRecord, type MatchRecord, packBytes, unpackBytes } from './record';
import { Replay, verifyRecord } from './replay';
import { duel } from './testing/duel';
import { puller, wildPlayer } from './testing/pullers';

const seed = fc.integer({ min: 0, max: 1_000_000 });
const played = (simulation: typeof duel, at: number, pointsToWin = 3) =>
  playMatch(simulation, [wildPlayer(at), wildPlayer(at + 1)], at, pointsToWin);

describe('a record', () => {
  it('of a match that was played out leads to the same hashes and score', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(duel, volley), (at, simulation) => {
        const { score, winner, record } = played(simulation, at);
        const read = decodeMatchRecord(encodeMatchRecord(record));
        expect(read).toEqual(record);
        expect(verifyRecord(simulation, read)).toEqual(score);
        const replay = new Replay({ simulation, record: read, countdownTicks: 0, pointTicks: 0 });
        while (!replay.isOver) replay.tick();
        expect(replay.hash()).toBe(record.finalHash);
        expect(replay.view.winner).toBe(winner);
      }),
      { numRuns: 30 },
    );
  });

  it('of a match that was left early ends where that one was left', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 40 }), (at, ticks) => {
        const match = new Match({
          simulation: duel,
          seats: [
            { kind: 'player', player: wildPlayer(at) },
            { kind: 'player', player: wildPlayer(at + 1) },
          ],
          seed: at,
          pointsToWin: 7,
          countdownTicks: 0,
          pointTicks: 0,
        });
        for (let tick = 0; tick < ticks; tick++) match.tick();
        const record = match.record();
        expect(verifyRecord(duel, record)).toEqual(match.view.score);
        const replay = new Replay({ simulation: duel, record, countdownTicks: 0, pointTicks: 0 });
        for (let tick = 0; tick < ticks; tick++) replay.tick();
        expect([...replay.state]).toEqual([...match.state]);
        expect(replay.view.winner).toBe(match.view.winner);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when any action of it was altered', () => {
    fc.assert(
      fc.property(seed, fc.nat(), fc.integer({ min: 1, max: 5 }), (at, where, by) => {
        const { record } = played(duel, at);
        const codes = unpackBytes(record.actions);
        const index = where % codes.length;
        const was = codes[index]!;
        // 0 and 1 both pull with nothing, and are one action.
        codes[index] = (was + by) % 6;
        fc.pre(!(was < 2 && codes[index]! < 2));
        // Pulling with 2 once, 4, is twice 1, 3, likewise.
        fc.pre(!([3, 4].includes(was) && [3, 4].includes(codes[index]!)));
        expect(() => verifyRecord(duel, { ...record, actions: packBytes(codes) })).toThrow('does not repeat');
      }),
    );
  });

  it('is refused when its seed, score or hashes were altered, and actions were added or left out', () => {
    const { record } = played(duel, 5, 7);
    const codes = unpackBytes(record.actions);
    expect(record.hashes.length).toBeGreaterThan(0);
    const altered: Partial<MatchRecord>[] = [
      { seed: 6 },
      { score: [record.score[1], record.score[0]] },
      { hashes: record.hashes.map((hash) => hash ^ 1) },
      { hashes: [] },
      { hashes: [...record.hashes, 1] },
      { finalHash: record.finalHash ^ 1 },
      { pointsToWin: 3 },
      { actions: packBytes(codes.slice(0, -2)) },
      { actions: packBytes(codes.slice(0, -1)) },
      { actions: packBytes(Uint8Array.from([...codes, 0, 0])) },
      { actions: packBytes(Uint8Array.from(codes, () => 6)) },
    ];
    for (const change of altered) {
      expect(() => verifyRecord(duel, { ...record, ...change })).toThrow('does not repeat');
    }
  });

  it('of another game is refused', () => {
    expect(() => verifyRecord(volley, played(duel, 1).record)).toThrow('open that game first');
  });
});

describe('a replay', () => {
  it('counts down and rests as the match does', () => {
    const { record } = playMatch(duel, [puller(2), puller(0)], 1, 2);
    const replay = new Replay({ simulation: duel, record, countdownTicks: 2, pointTicks: 2 });
    const phases = [replay.view.phase];
    for (let tick = 0; tick < 11; tick++) {
      replay.tick();
      phases.push(replay.view.phase);
    }
    // Two ticks of countdown, three of each rally, two of rest.
    const expected = 'countdown countdown rally rally rally point point point rally rally over over';
    expect(phases.join(' ')).toBe(expected);
    expect(replay.view).toMatchObject({
      score: [2, 0],
      winner: 0,
      names: ['Pull 2', 'Pull 0'],
      person: null,
    });
    expect(replay.length).toBe(6);
    expect(replay.takeEndings()).toHaveLength(2);
  });
});

describe('a record’s file', () => {
  const text = encodeMatchRecord(played(duel, 1).record);
  const changed = (change: Record<string, unknown>) => JSON.stringify({ ...JSON.parse(text), ...change });

  it('is refused with a sentence when it is another’s, of another version, or damaged', () => {
    expect(() => decodeMatchRecord('{')).toThrow('not readable JSON');
    expect(() => decodeMatchRecord('[]')).toThrow('not a match saved by Playtrain');
    expect(() => decodeMatchRecord(changed({ format: 'other' }))).toThrow('not a match saved by Playtrain');
    expect(() => decodeMatchRecord(changed({ formatVersion: 2 }))).toThrow('format version 2');
    expect(() => decodeMatchRecord(changed({ seed: 0.5 }))).toThrow('“seed” is wrong');
    expect(() => decodeMatchRecord(changed({ actions: 'ä' }))).toThrow('“actions” is wrong');
    expect(() => decodeMatchRecord(changed({ hashes: [-1] }))).toThrow('“hashes.0” is wrong');
  });

  it('may say when the match was played', () => {
    expect(decodeMatchRecord(changed({ playedAtMs: 5 })).playedAtMs).toBe(5);
  });
});
