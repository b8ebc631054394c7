import { expect, it } from 'vitest';
import type { EnvironmentSpec, EpisodeEnding, EpisodeRecord } from '../src/contract';
import { GoalWatch } from './goal-watch';

const rewardTerms = ['gate', 'crash'].map((name) => ({ name, description: '', defaultWeight: 1 }));
const spec = { rewardTerms } as unknown as EnvironmentSpec;
const record = (arena: number): EpisodeRecord => ({ arena, return: 0, length: 1, truncated: false });
const ending = (arena: number, ...terms: number[]): EpisodeEnding => ({
  arena,
  terminated: true,
  truncated: false,
  lengthTicks: 4,
  rewardTerms: terms,
});

it('a goal is what the latest episodes that count come to on average, each by its own arena’s sums', () => {
  const sentence = 'gates in two episodes that were not cut short';
  const score = ({ terms, steps }: { terms: Readonly<Record<string, number>>; steps: number }) =>
    terms['crash'] === 1 ? terms['gate']! + steps : null;
  const watch = new GoalWatch({ sentence, score, least: 10, episodes: 2 }, spec);
  watch.add(record(1), [ending(0, 7, 1), ending(1, 1, 1)]);
  expect(watch.reached).toBeNull();
  watch.add(record(0), []);
  expect(watch.reached).toBe((1 + 4 + 7 + 4) / 2);
  watch.add(record(1), [ending(1, 100, 0)]); // does not count
  expect(watch.reached).toBe(8);
  watch.add(record(1), [ending(1, 3, 1)]);
  expect(watch.reached).toBe((7 + 4 + 3 + 4) / 2);
});
