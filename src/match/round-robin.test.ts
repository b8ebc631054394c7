import { describe, expect, it } from 'vitest';
import { nearestRating, nextPair } from './round-robin';

const player = (id: string, rating: number, matches: number) => ({ id, rating, matches });
const ids = (pair: ReturnType<typeof nextPair>) => pair?.map(({ id }) => id).join(' ') ?? null;

describe('the next pair', () => {
  const a = player('a', 1000, 10);
  const b = player('b', 1100, 10);
  const c = player('c', 1500, 4);
  const d = player('d', 1050, 10);

  it('is one that met least', () => {
    const met: Record<string, number> = { 'a b': 2, 'a c': 1, 'b c': 2 };
    expect(ids(nextPair([a, b, c], (x, y) => met[`${x} ${y}`] ?? 0))).toBe('a c');
  });

  it('among those has the ratings that rest on least', () => {
    expect(ids(nextPair([a, b, c, d], () => 3))).toBe('b c');
  });

  it('among those has the ratings that lie closest', () => {
    expect(ids(nextPair([a, b, d], () => 0))).toBe('a d');
  });

  it('takes two', () => {
    expect(nextPair([a], () => 0)).toBeNull();
  });

  it('lets everybody meet everybody equally often', () => {
    const players = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, rating: 1000, matches: 0 }));
    const met = new Map<string, number>();
    const key = (x: string, y: string) => [x, y].toSorted().join(' ');
    for (let match = 0; match < 30; match++) {
      const pair = nextPair(players, (x, y) => met.get(key(x, y)) ?? 0);
      if (pair === null) throw new Error('Nobody meets.');
      for (const each of pair) each.matches++;
      const name = key(pair[0].id, pair[1].id);
      met.set(name, (met.get(name) ?? 0) + 1);
    }
    // Ten pairs, thirty matches.
    expect([...met.values()]).toEqual(Array.from({ length: 10 }, () => 3));
  });
});

describe('the nearest rating', () => {
  it('is found on either side, the first of equals', () => {
    const players = [player('low', 900, 0), player('high', 1100, 0), player('top', 1500, 0)];
    expect(nearestRating(players, 1020)?.id).toBe('high');
    expect(nearestRating(players, 1000)?.id).toBe('low');
    expect(nearestRating(players, 9000)?.id).toBe('top');
    expect(nearestRating([], 1000)).toBeNull();
  });
});
