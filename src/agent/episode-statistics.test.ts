import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import { EpisodeStatistics } from './episode-statistics';

const episode = (episodeReturn: number, length = 1): EpisodeRecord => ({
  arena: 0,
  return: episodeReturn,
  length,
  truncated: false,
});

describe('EpisodeStatistics', () => {
  it('has nothing to say before the first episode', () => {
    expect(new EpisodeStatistics().summary()).toBeNull();
  });

  it('sums up the episodes kept', () => {
    const statistics = new EpisodeStatistics();
    for (const [episodeReturn, length] of [
      [2, 10],
      [4, 20],
      [9, 60],
    ] as const) {
      statistics.add(episode(episodeReturn, length));
    }
    // Deviations −3, −1, 4: √((9 + 1 + 16) / 3).
    expect(statistics.summary()).toEqual({
      meanReturn: 5,
      returnSpread: Math.sqrt(26 / 3),
      minReturn: 2,
      maxReturn: 9,
      meanLength: 30,
    });
  });

  it('forgets all but the last 20', () => {
    const statistics = new EpisodeStatistics();
    statistics.add(episode(1000));
    for (let i = 0; i < 19; i++) statistics.add(episode(1));
    expect(statistics.full).toBe(true);
    expect(statistics.summary()?.maxReturn).toBe(1000);
    statistics.add(episode(1));
    expect(statistics.summary()).toMatchObject({ meanReturn: 1, maxReturn: 1, returnSpread: 0 });
  });

  it('goes on from what it kept', () => {
    const statistics = new EpisodeStatistics();
    for (let i = 0; i < 30; i++) statistics.add(episode(i));
    const resumed = new EpisodeStatistics(statistics.recent());
    statistics.add(episode(50));
    resumed.add(episode(50));
    expect(resumed.summary()).toEqual(statistics.summary());
    expect(resumed.recent()).toHaveLength(20);
  });
});
