import { expect, it } from 'vitest';
import type { LiveEpisode } from '../examples/live-example';
import type { EnvironmentSpec, EpisodeEnding } from '../src/contract';
import { GoalWatch } from './goal-watch';

const rewardTerms = ['gate', 'crash'].map((name) => ({ name, description: '', defaultWeight: 1 }));
const spec = { rewardTerms } as unknown as EnvironmentSpec;
const ending = (...terms: number[]): EpisodeEnding => ({
  arena: 0,
  terminated: true,
  truncated: false,
  lengthTicks: 4,
  rewardTerms: terms,
});

it('a goal is what the latest episodes that count come to on average', () => {
  const score = ({ terms, steps, against }: LiveEpisode) =>
    terms['crash'] === 1 ? terms['gate']! + steps + 100 * (against?.outcome ?? 0) : null;
  const watch = new GoalWatch({ sentence: '', score, least: 10, episodes: 2 }, spec);
  watch.add(ending(7, 1));
  expect(watch.reached).toBeNull();
  watch.add(ending(1, 1));
  expect(watch.reached).toBe((7 + 4 + 1 + 4) / 2);
  watch.add(ending(100, 0)); // does not count
  expect(watch.reached).toBe(8);
  watch.add(ending(3, 1), { against: { opponent: 'bot', outcome: 1 } });
  expect(watch.reached).toBe((1 + 4 + 103 + 4) / 2);
});
