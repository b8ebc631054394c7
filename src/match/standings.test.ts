import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contestant } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { expectedScore } from './elo';
import { fittingOpponent } from './fitting-opponent';
import {
  afterMatch,
  beginning,
  placingLeft,
  placingMatches,
  type RatingScale,
  type Standings,
  standingOf,
} from './standings';

/** Rated as a ladder of agents might be. */
const ladder = [500, 650, 850, 1000, 1150, 1400, 1700, 2200];
const opponents = ladder.map(
  (rating, rung): Contestant => ({
    id: `rung-${rung}`,
    name: '',
    kind: 'shipped',
    summary: '',
    rating,
    matches: 1800,
  }),
);
const scale: RatingScale = {
  measured: Object.fromEntries(
    opponents.map(({ id, rating, matches }) => [id, { rating: rating ?? 0, matches }]),
  ),
  visitor: { key: 'visitor', start: 500 },
  generationOf: (key) => {
    const [, runId, version] = /^(.+)@(\d+)$/.exec(key) ?? [];
    return runId === undefined ? null : { runId, version: Number(version) };
  },
};
const both = [true, true] as const;

describe('a visitor', () => {
  it('begins beside the gentlest opponent, and loses little by losing there first', () => {
    expect(beginning({}, 'visitor', scale)).toEqual({ rating: 500, matches: 0 });
    const after = afterMatch({}, { keys: ['visitor', 'rung-0'], score: 0, moves: both }, scale);
    // K is 32: half a point was expected.
    const results = { streak: 0, against: { 'rung-0': { won: 0, lost: 1 } } };
    expect(after['visitor']).toEqual({ rating: 484, matches: 1, results });
  });

  it('is carried up fast by wins while being placed, and brought down again by losses', () => {
    const won = afterMatch({}, { keys: ['rung-0', 'visitor'], score: 0, moves: both }, scale);
    expect(won['visitor']?.rating).toBe(700);
    const lost = afterMatch(won, { keys: ['visitor', 'rung-1'], score: 0, moves: both }, scale);
    expect(lost['visitor']?.rating).toBeCloseTo(700 - (400 / 1.5) * expectedScore(700, 650), 9);
  });

  it('is moved by the usual K once it is placed', () => {
    const placed = { visitor: { rating: 1000, matches: placingMatches } };
    expect([0, 4, 5, 60].map((matches) => placingLeft({ matches }))).toEqual([5, 1, 0, 0]);
    const after = afterMatch(placed, { keys: ['visitor', 'rung-3'], score: 1, moves: both }, scale);
    expect(after['visitor']?.rating).toBe(1016);
  });

  it('never gains by losing nor loses by winning, whatever the standings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 2500 }),
        fc.nat(60),
        fc.integer({ min: 0, max: ladder.length - 1 }),
        (rating, matches, rung) => {
          const before: Standings = { visitor: { rating, matches } };
          const ratingAfter = (score: number) =>
            afterMatch(before, { keys: ['visitor', `rung-${rung}`], score, moves: both }, scale)['visitor']
              ?.rating ?? Number.NaN;
          expect(ratingAfter(1)).toBeGreaterThan(rating);
          expect(ratingAfter(0)).toBeLessThan(rating);
          expect(ratingAfter(0.5)).toBeGreaterThan(ratingAfter(0));
          expect(ratingAfter(0.5)).toBeLessThan(ratingAfter(1));
        },
      ),
    );
  });

  it('is placed near its strength within the first matches, on average', () => {
    const random = SeededRandom.fromSeed(1);
    const meanRating = (strength: number, matches: number) => {
      let sum = 0;
      const visitors = 200;
      for (let visitor = 0; visitor < visitors; visitor++) {
        let standings: Standings = {};
        let last: string | null = null;
        for (let match = 0; match < matches; match++) {
          const opponent = fittingOpponent(opponents, standingOf(standings, 'visitor', scale).rating, last);
          if (opponent === null) throw new Error('Nobody is there.');
          last = opponent.id;
          const score = random.uniform() < expectedScore(strength, opponent.rating ?? 0) ? 1 : 0;
          const keys = ['visitor', opponent.id] as const;
          standings = afterMatch(standings, { keys, score, moves: both }, scale);
        }
        sum += standingOf(standings, 'visitor', scale).rating;
      }
      return sum / visitors;
    };
    // One visitor's rating after five matches has a standard deviation of some 100, the mean of 200 of them one of 7.
    for (const strength of [450, 500, 700, 900]) {
      expect(Math.abs(meanRating(strength, placingMatches) - strength)).toBeLessThan(150);
    }
    // Who wins against everybody has yet to meet an equal by then.
    expect(meanRating(1400, placingMatches)).toBeGreaterThan(950);
    expect(Math.abs(meanRating(1100, 20) - 1100)).toBeLessThan(150);
  });
});

describe('agents', () => {
  it('of which nothing is known are moved far at first, both ways', () => {
    const after = afterMatch({}, { keys: ['mine', 'rung-3'], score: 0, moves: both }, scale);
    expect(after['mine']).toEqual({ rating: 800, matches: 1 });
  });

  it('begin where the rated generation before them in their run stands, and are moved by the usual K', () => {
    const standings = {
      'a@20': { rating: 700, matches: 4 },
      'a@40': { rating: 800, matches: 4 },
      'a@100': { rating: 950, matches: 4 },
      'b@50': { rating: 1200, matches: 4 },
    };
    expect(beginning(standings, 'a@60', scale)).toEqual({ rating: 800, matches: 0 });
    expect(beginning(standings, 'a@10', scale)).toEqual({ rating: 1000, matches: 0 });
    expect(beginning(standings, 'mine', scale)).toEqual({ rating: 1000, matches: 0 });
    const after = afterMatch(standings, { keys: ['a@60', 'a@40'], score: 1, moves: both }, scale);
    expect(after['a@60']).toEqual({ rating: 816, matches: 1 });
    expect(after['a@40']).toEqual({ rating: 784, matches: 5 });
  });

  it('who have played 30 matches are moved by K = 16, whoever sits opposite', () => {
    const before = {
      a: { rating: 1400, matches: 30 },
      'r@2': { rating: 1000, matches: 12 },
      'r@1': { rating: 0, matches: 9 },
    };
    // 400 points ahead: 10/11 expected. A loss moves a by −16 · 10/11 and the other by 32 · 10/11.
    const after = afterMatch(before, { keys: ['a', 'r@2'], score: 0, moves: both }, scale);
    expect(after['a']?.rating).toBeCloseTo(1400 - 160 / 11, 9);
    expect(after['r@2']?.rating).toBeCloseTo(1000 + 320 / 11, 9);
  });

  it('stay where they are whose rating is not at stake, and everybody who did not play', () => {
    const before = { b: { rating: 1200, matches: 5 }, c: { rating: 900, matches: 7 } };
    const after = afterMatch(before, { keys: ['visitor', 'b'], score: 0.5, moves: [true, false] }, scale);
    expect(after['b']).toBe(before.b);
    expect(after['c']).toBe(before.c);
    expect(after['visitor']?.matches).toBe(1);
  });

  it('of the measured table do not move, and others are measured against what it says', () => {
    // What an earlier table said is not asked: the visitor stands 500 under it, at the table's 1000.
    const before = { 'rung-3': { rating: 500, matches: 9 }, visitor: { rating: 600, matches: 40 } };
    const after = afterMatch(before, { keys: ['visitor', 'rung-3'], score: 1, moves: both }, scale);
    expect(after['visitor']?.rating).toBeCloseTo(600 + (16 * 10) / 11, 9);
    expect(after['rung-3']).toEqual(before['rung-3']);
  });

  it('keep the scale: who loses to the measured and is forgotten leaves nobody a point', () => {
    let standings: Standings = {};
    for (let version = 1; version <= 50; version++) {
      standings = afterMatch(standings, { keys: [`r@${version}`, 'rung-4'], score: 0, moves: both }, scale);
    }
    expect(Object.keys(standings)).not.toContain('rung-4');
    const last = standings['r@50'];
    if (last === undefined) throw new Error('The last generation is not rated.');
    // Each begins where the one before it has come to, and all have lost.
    expect(beginning({ 'r@50': last }, 'r@60', scale).rating).toBe(last.rating);
    expect(last.rating).toBeLessThan(900);
  });
});
