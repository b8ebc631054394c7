import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { volley } from '../game/volley/simulation';
import { playMatch } from './play-match';
import { type MatchRecord, mostTicks, packBytes } from './record';
import { mostLinkCharacters, recordFromLink, recordToLink } from './record-link';
import { verifyRecord } from './replay';
import { duel } from './testing/duel';
import { wildPlayer } from './testing/pullers';

const played = (simulation: typeof duel, seed: number, pointsToWin = 3) =>
  playMatch(simulation, [wildPlayer(seed), wildPlayer(seed + 1)], seed, pointsToWin).record;

/** What a link is refused with. */
function refusal(text: string): PlaytrainError | null {
  try {
    recordFromLink(text);
    return null;
  } catch (error) {
    if (error instanceof PlaytrainError) return error;
    throw error;
  }
}

describe('a match in a link', () => {
  it('is the match that was put there, and still plays to its score', () => {
    const names = fc.tuple(fc.string({ maxLength: 60, unit: 'grapheme' }), fc.string({ maxLength: 60 }));
    const named = names.filter((pair) => pair.every((name) => name.length <= 60));
    const extras = fc.record(
      { person: fc.constantFrom(0 as const, 1 as const, null), playedAtMs: fc.nat() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.constantFrom(duel, volley),
        named,
        extras,
        (seed, simulation, pair, more) => {
          const record: MatchRecord = { ...played(simulation, seed, 2), names: pair, ...more };
          const text = recordToLink(record);
          fc.pre(text !== null);
          expect(text).toMatch(/^[\w-]+$/);
          const read = recordFromLink(text);
          expect(read).toEqual(record);
          expect(verifyRecord(simulation, read)).toEqual(record.score);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of no ticks at all is one too', () => {
    const nothing = { ...played(duel, 1), actions: '', hashes: [], score: [0, 0] as const };
    expect(recordFromLink(recordToLink(nothing) ?? '')).toEqual(nothing);
  });

  it('goes by file where no program would carry the link', () => {
    // Nothing that could be said shorter.
    const chance = fc.sample(fc.uint8Array({ minLength: 20_000, maxLength: 20_000 }), {
      numRuns: 1,
      seed: 1,
    });
    const long = { ...played(duel, 1), actions: packBytes(chance[0] ?? new Uint8Array(2)) };
    expect(recordToLink(long)).toBeNull();
  });

  it('is refused with a sentence when the link was cut, changed, or never was one', () => {
    const record = played(volley, 3);
    const text = recordToLink(record) ?? '';
    const sentence =
      /^The match in this link cannot be read: .+\. Ask for it again, or for the match’s file\.$/;
    const others = fc.oneof(
      fc.nat(text.length - 1).map((length) => text.slice(0, length)),
      fc.string({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => packBytes(deflateSync(bytes))),
    );
    fc.assert(
      fc.property(others, (other) => {
        const refused = refusal(other);
        // The last character may hold nothing that is missed.
        const isWhole = refused === null && isDeepStrictEqual(recordFromLink(other), record);
        const isTold = refused?.code === 'bad-file' && sentence.test(refused.message);
        expect(isWhole || isTold).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(refusal(`${text}${'A'.repeat(mostLinkCharacters)}`)?.message).toMatch(sentence);
    // A few characters that would swell to a hundred times of what an hour's match takes.
    const bomb = packBytes(deflateSync(new Uint8Array(100 * mostTicks).fill(1), { level: 9 }));
    expect(refusal(bomb)?.message).toMatch(sentence);
    const swollen = packBytes(deflateSync(new Uint8Array(10 * mostTicks).fill(1), { level: 9 }));
    expect(swollen.length).toBeLessThan(mostLinkCharacters);
    expect(refusal(swollen)?.message).toMatch(sentence);
  });
});
