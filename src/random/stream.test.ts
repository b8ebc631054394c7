import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arenaStream, type StreamName, type StreamPurpose, stream } from './stream';

const purposes: readonly StreamPurpose[] = [
  'weights',
  'shuffling',
  'worlds',
  'actions',
  'casting',
  'scripted',
  'matches',
];

/** Small numbers, as they are used, more often than large ones. */
const whole = (most: number) => fc.oneof(fc.nat(40), fc.integer({ min: 0, max: most }));

const names: fc.Arbitrary<Required<StreamName>> = fc.record({
  seed: fc.oneof(whole(2 ** 53 - 1), fc.integer({ min: -(2 ** 53) + 1, max: -1 })),
  generation: whole(2 ** 53 - 1),
  purpose: fc.constantFrom(...purposes),
  arena: whole(4096),
  seat: fc.nat(1),
});

/** A name and another one that differs from it in one part alone, mostly by little. */
const neighbours = fc
  .tuple(names, names, fc.constantFrom('seed', 'generation', 'purpose', 'arena', 'seat'))
  .map(([name, other, part]) => [name, { ...name, [part]: other[part] }] as const);

const state = (name: StreamName) => stream(name).state().join();

describe('a stream of chance', () => {
  it('is one of its own for every seed, generation, purpose, arena and seat', () => {
    const key = (name: Required<StreamName>) => Object.values(name).join();
    const states = new Map<string, string>();
    const differs = (name: Required<StreamName>) => {
      const known = states.get(state(name));
      expect(known ?? key(name)).toBe(key(name));
      states.set(state(name), key(name));
    };
    fc.assert(
      fc.property(neighbours, ([name, other]) => {
        differs(name);
        differs(other);
      }),
      { numRuns: 5_000 },
    );
    expect(states.size).toBeGreaterThan(5_000);
  });

  it('is the same each time, in every engine', () => {
    expect(stream({ seed: 1, purpose: 'worlds' }).state()).toEqual([
      -1022974379, 1829240726, -113013825, 1845653550,
    ]);
    const name = {
      seed: -(2 ** 40) - 3,
      generation: 2 ** 33 + 7,
      purpose: 'scripted',
      arena: 31,
      seat: 1,
    } as const;
    expect(stream(name).state()).toEqual([-152739175, 1376448033, 1438849887, -1889297431]);
  });

  it('of an arena is the same whichever share of the run’s arenas it is in', () => {
    const whole = { seed: 3, generation: 400, firstArena: 0 };
    const share = { ...whole, firstArena: 5 };
    expect(arenaStream(share, 'actions', 2, 1).state()).toEqual(arenaStream(whole, 'actions', 7, 1).state());
  });

  it('hangs on every bit of its name: one that is turned turns half of the bits of its state', () => {
    fc.assert(
      fc.property(names, fc.constantFrom('seed', 'generation'), fc.nat(52), (name, part, bit) => {
        const turned = Number(BigInt(name[part]) ^ (1n << BigInt(bit)));
        const [before, after] = [stream(name).state(), stream({ ...name, [part]: turned }).state()];
        const changed = before.reduce((sum, word, i) => sum + bitsSet(word ^ after[i]!), 0);
        // 64 of 128 expected; seven standard deviations are 40.
        expect(Math.abs(changed - 64)).toBeLessThan(40);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['seed', 'generation', 'arena'] as const)('tells nothing of that of the next %s', (part) => {
    const count = 4_000;
    const name = (value: number) => ({ seed: 1, purpose: 'worlds' as const, [part]: value });
    const draws = (value: number) => {
      const random = stream(name(value));
      return Array.from({ length: 4 }, () => random.uniform() - 0.5);
    };
    const sums = [0, 0, 0, 0];
    for (let value = 0; value < count; value++) {
      const [here, next] = [draws(value), draws(value + 1)];
      here.forEach((draw, i) => {
        sums[i]! += (12 * draw * next[i]!) / count;
      });
    }
    // A correlation of independent pairs has a standard deviation of 0.016.
    for (const correlation of sums) expect(Math.abs(correlation)).toBeLessThan(0.08);
  });
});

function bitsSet(word: number): number {
  let bits = 0;
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
