import { expect, it } from 'vitest';
import type { EpisodeRecord } from '../src/contract';
import { LatestEpisodes } from './latest-episodes';

const episode = (episodeReturn: number): EpisodeRecord => ({
  arena: 0,
  return: episodeReturn,
  length: 1,
  truncated: false,
});

it('forgets all but the last 20', () => {
  const latest = new LatestEpisodes();
  expect(latest.summary()).toBeNull();
  latest.add(episode(1000));
  for (let i = 0; i < 19; i++) latest.add(episode(1));
  expect(latest.full).toBe(true);
  expect(latest.summary()?.maxReturn).toBe(1000);
  latest.add(episode(1));
  expect(latest.summary()).toMatchObject({ meanReturn: 1, maxReturn: 1, returnSpread: 0 });
});
