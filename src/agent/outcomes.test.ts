import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import { addOutcomes, winRates } from './outcomes';

const rally = (opponent: string, outcome: -1 | 0 | 1): EpisodeRecord => ({
  arena: 0,
  return: outcome,
  length: 10,
  truncated: outcome === 0,
  against: { opponent, outcome },
});

describe('win rates', () => {
  it('count a drawn episode as half a win, by opponent', () => {
    const history = addOutcomes({}, [rally('a', 1), rally('b', -1), rally('a', 0), rally('a', 1)]);
    // (1 + ½ + 1) / 3.
    expect(winRates(history)).toEqual({ a: 2.5 / 3, b: 0 });
  });

  it('are of the last 200 episodes only', () => {
    const lost = Array.from({ length: 150 }, () => rally('a', -1));
    const won = Array.from({ length: 150 }, () => rally('a', 1));
    expect(winRates(addOutcomes(addOutcomes({}, lost), won))).toEqual({ a: 0.75 });
  });

  it('leave out episodes against nobody', () => {
    expect(addOutcomes({}, [{ arena: 0, return: 1, length: 1, truncated: false }])).toEqual({});
  });
});
