import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { volley } from '../game/volley/simulation';
import { Match } from './match';
import { playMatch } from './play-match';
import { decodeMatchRecord, encodeMatchRecord, type MatchRecord, packBytes, unpackBytes } from './record';
import { isRepeatable, Replay, verifyRecord } from './replay';
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

  it('of other rules says which, and that its score stands', () => {
    const { record } = played(duel, 1);
    expect(record.rulesVersion).toBe(1);
    expect(isRepeatable(duel, record)).toBe(true);
    const changed = { ...duel, rulesVersion: 2 };
    const refusal = (simulation: typeof duel, given: MatchRecord) => {
      expect(isRepeatable(simulation, given)).toBe(false);
      try {
        verifyRecord(simulation, given);
      } catch (error) {
        if (error instanceof PlaytrainError) return [error.code, error.message];
      }
      return null;
    };
    const score = record.score.join(' : ');
    expect(refusal(changed, record)).toEqual([
      'other-rules',
      `This match was played by the rules 1 of “duel”; here the rules are 2, and the same actions lead elsewhere. Its score, ${score}, stands, but it cannot be shown again.`,
    ]);
    // Files from before rules were numbered are of the first.
    const { rulesVersion: _, ...unnumbered } = record;
    expect(refusal(changed, unnumbered)?.[0]).toBe('other-rules');
    expect(verifyRecord(duel, unnumbered)).toEqual(record.score);
    expect(refusal(duel, { ...record, rulesVersion: 3 })?.[1]).toMatch(/newer Playtrain/);
  });

  it('keeps the lead that its match needed; where none is named, the first to have the points won', () => {
    const records = Array.from({ length: 40 }, (_, at) => played(duel, at, 2).record);
    const long = records.find(({ score }) => Math.max(...score) > 2);
    if (long === undefined) throw new Error('No match went on beyond two points.');
    expect(long.leadToWin).toBe(2);
    expect(verifyRecord(duel, long)).toEqual(long.score);
    const { leadToWin: _, ...unnamed } = long;
    expect(() => verifyRecord(duel, unnamed)).toThrow('more follow');
    expect(() => verifyRecord(duel, { ...long, leadToWin: 1 })).toThrow('more follow');
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

  it('is refused by its length before anything else is looked at, and by what no match has', () => {
    const long = changed({ actions: 'A'.repeat(8_000_000) });
    expect(() => decodeMatchRecord(long)).toThrow(
      'This match was not loaded: it is 8.0 MB long, and no match takes more than 1.0 MB. Choose a match that was saved here.',
    );
    for (const [change, field] of [
      [{ actions: 'A'.repeat(600_000) }, 'actions'],
      [{ hashes: Array(4000).fill(0) }, 'hashes'],
      [{ names: ['x'.repeat(100), 'y'] }, 'names.0'],
      [{ pointsToWin: 1e9 }, 'pointsToWin'],
      [{ leadToWin: 0 }, 'leadToWin'],
      [{ rulesVersion: 0.5 }, 'rulesVersion'],
      [{ score: [1e6, 0] }, 'score.0'],
      [{ person: 2 }, 'person'],
      [{ playedAtMs: 1e300 }, 'playedAtMs'],
    ] as const) {
      expect(() => decodeMatchRecord(changed(change))).toThrow(`“${field}” is wrong`);
    }
  });

  it('may say when the match was played', () => {
    expect(decodeMatchRecord(changed({ playedAtMs: 5 })).playedAtMs).toBe(5);
  });
});
