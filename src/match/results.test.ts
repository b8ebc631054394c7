import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Contestant } from '../contract';
import { nextRung } from './next-rung';
import { noResults, resultsAfter, tallyOf } from './results';

it('counts every match once, against whom it was, and the wins since the last that was not one', () => {
  const match = fc.record({ key: fc.constantFrom('a', 'b', '__proto__'), score: fc.constantFrom(0, 0.5, 1) });
  fc.assert(
    fc.property(fc.array(match), (matches) => {
      const results = matches.reduce((before, { key, score }) => resultsAfter(before, key, score), noResults);
      for (const key of ['a', 'b', '__proto__']) {
        const scores = matches.filter((each) => each.key === key).map(({ score }) => score);
        const [won, lost] = [1, 0].map((score) => scores.filter((each) => each === score).length);
        expect(tallyOf(results, key)).toEqual({ won, lost });
      }
      const lastOther = matches.findLastIndex(({ score }) => score !== 1);
      expect(results.streak).toBe(matches.length - 1 - lastOther);
    }),
  );
});

const contestant = (id: string, rating: number | null, kind: Contestant['kind'] = 'shipped'): Contestant => ({
  id,
  name: id,
  kind,
  summary: '',
  rating,
  matches: 0,
});

it('the next to beat is the weakest above who was not beaten; own generations are no rungs', () => {
  const everybody = [
    contestant('champion', 1500),
    contestant('skilled', 1000, 'scripted'),
    contestant('generation-4', 900, 'generation'),
    contestant('regular', 800),
    contestant('novice', 500),
    contestant('training', null, 'training'),
  ];
  const next = (rating: number, ...beaten: string[]) =>
    nextRung(everybody, { rating }, (id) => beaten.includes(id))?.id ?? null;
  expect(next(500)).toBe('regular');
  expect(next(500, 'regular')).toBe('skilled');
  expect(next(1500)).toBeNull();
});
