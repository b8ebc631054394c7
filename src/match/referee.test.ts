import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeEnding } from '../contract';
import { Rallies } from './rallies';
import { decidingPoints, mostPointsToWin, Referee } from './referee';
import { duel } from './testing/duel';

/** How a rally of `duel` ends that a seat won; null where nobody did. */
function rally(winner: 0 | 1 | null): EpisodeEnding {
  const won = (seat: number) => (winner === seat ? 1 : 0);
  const terminated = winner !== null;
  return {
    arena: 0,
    terminated,
    truncated: !terminated,
    lengthTicks: 3,
    rewardTerms: [3, won(0), 3, won(1)],
  };
}

const referee = (pointsToWin: number, leadToWin?: number) =>
  new Referee(new Rallies(duel, 1), {
    pointsToWin,
    ...(leadToWin === undefined ? {} : { leadToWin }),
    countdownTicks: 0,
    pointTicks: 0,
  });

/** A referee at a score, which rallies won by turns lead to. */
function at(left: number, right: number, pointsToWin = 7): Referee {
  const counting = referee(pointsToWin);
  const both = Math.min(left, right);
  for (let pair = 0; pair < both; pair++) {
    counting.count(rally(0));
    counting.count(rally(1));
  }
  for (let more = both; more < left; more++) counting.count(rally(0));
  for (let more = both; more < right; more++) counting.count(rally(1));
  return counting;
}

describe('a referee', () => {
  it('gives a match to who has the points and leads by two, at the latest with the deciding point', () => {
    const told = ([left, right]: readonly [number, number]) => {
      const { phase, winner, matchPoint, isDeuce } = at(left, right);
      return { phase: phase === 'over' ? 'over' : 'on', winner, matchPoint, isDeuce };
    };
    const on = { phase: 'on', winner: null, matchPoint: null, isDeuce: false };
    expect(told([5, 5])).toEqual(on);
    expect(told([6, 5])).toEqual({ ...on, matchPoint: 0 });
    expect(told([2, 6])).toEqual({ ...on, matchPoint: 1 });
    expect(told([7, 5])).toEqual({ ...on, phase: 'over', winner: 0 });
    expect(told([6, 6])).toEqual({ ...on, isDeuce: true });
    expect(told([6, 7])).toEqual({ ...on, matchPoint: 1 });
    expect(told([13, 13])).toEqual({ ...on, isDeuce: true });
    expect(decidingPoints(7)).toBe(15);
    expect(told([14, 14])).toEqual({ ...on, matchPoint: 'both' });
    expect(told([14, 15])).toEqual({ ...on, phase: 'over', winner: 1 });
  });

  it('names match point exactly where the next rally could end the match, and ends every match', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: mostPointsToWin }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        fc.infiniteStream(fc.boolean()),
        (pointsToWin, leadToWin, winners) => {
          const counting = referee(pointsToWin, leadToWin);
          for (const left of winners) {
            const winner = left ? 0 : 1;
            const { matchPoint, isDeuce } = counting;
            counting.count(rally(winner));
            const over = counting.phase === 'over';
            expect(over).toBe(matchPoint === winner || matchPoint === 'both');
            expect(isDeuce && over).toBe(false);
            if (over) break;
          }
          const [most, least] = counting.score.toSorted((a, b) => b - a) as [number, number];
          const wonByLead = most >= pointsToWin && most - least >= (leadToWin ?? 2);
          expect(wonByLead || most === decidingPoints(pointsToWin)).toBe(true);
          expect(counting.score[counting.winner ?? 0]).toBe(most);
          expect(counting.matchPoint).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends a match in which nobody wins a rally', () => {
    const counting = referee(7);
    for (let played = 0; played < 60; played++) counting.count(rally(null));
    expect(counting.phase).toBe('over');
    expect(counting.winner).toBeNull();
  });
});
