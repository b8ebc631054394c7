import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import { Actor } from './actor';
import { trainLockstep } from './lockstep';
import { CountingEnvironment, StubLearner, settings, snapshotOf, spec } from './testing/counting';

async function train(changes: Partial<Parameters<typeof trainLockstep>[0]> = {}) {
  const environment = new CountingEnvironment();
  const learner = new StubLearner();
  const episodes: [EpisodeRecord, number][] = [];
  const actor = new Actor({ spec, hyperparameters: settings, snapshot: snapshotOf(1) });
  const result = await trainLockstep({
    environment,
    actor,
    learner,
    decisionIntervalTicks: 3,
    maxDecisions: 24,
    clock: () => 0,
    onEpisode: (episode, decisions) => episodes.push([episode, decisions]),
    ...changes,
  });
  return { environment, learner, episodes, result };
}

describe('trainLockstep', () => {
  it('acts by the new policy from the very next decision on, so that a rollout is of one version', async () => {
    const { learner, result } = await train();
    expect(learner.versions).toEqual([
      [1, 1, 1, 1],
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
    expect(result).toEqual({ decisions: 24, updates: 3, stopped: false });
  });

  it('waits for every action before the ticks that it is for', async () => {
    const { environment } = await train({ maxDecisions: 4 });
    const decision = ['take', 'apply', 'tick', 'tick', 'tick'];
    expect(environment.calls).toEqual([...decision, ...decision, 'take']);
  });

  it('tells of episodes as they end, with the decisions taken until then', async () => {
    const { episodes } = await train();
    // 10 ticks are 4 decisions of 3; both arenas end in the same one, after 8 decisions in all.
    expect(episodes.slice(0, 2)).toEqual([
      [{ arena: 0, return: 10, length: 4, truncated: true }, 8],
      [{ arena: 1, return: 10, length: 4, truncated: true }, 8],
    ]);
    expect(episodes).toHaveLength(6);
  });

  it('stops when asked', async () => {
    let asked = 0;
    const { result } = await train({ shouldStop: () => ++asked > 3 });
    expect(result).toEqual({ decisions: 6, updates: 0, stopped: true });
  });

  it('twice with the same seed is the same run', async () => {
    const [first, second] = [await train(), await train()];
    expect(first.learner.lastRows).toEqual(second.learner.lastRows);
    expect(first.learner.lastRows).toHaveLength(3);
  });
});
