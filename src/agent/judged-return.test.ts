import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import type { FullRollout } from './full-rollout';
import { Learner } from './learner';
import { sizes, startLearner } from './testing/learner-properties';
import { syntheticRollout } from './testing/synthetic-rollout';

const episode = (arena: number, episodeReturn: number): EpisodeRecord => ({
  arena,
  return: episodeReturn,
  length: 10,
  truncated: false,
});

describe('the return that a policy is judged by', () => {
  it('is none until every arena has finished an episode; what was kept is shown meanwhile', async () => {
    const { learner, spec, layout, rollout } = startLearner();
    const { arenas } = learner.trainingState().hyperparameters;
    const all = (episodeReturn: number) =>
      Array.from({ length: arenas }, (_, arena) => episode(arena, episodeReturn));
    const update = async (by: Learner, episodes: readonly EpisodeRecord[]) => {
      const { judgedReturn, metrics } = await by.update({ ...rollout(), episodes });
      return [judgedReturn, metrics.meanReturn];
    };
    expect(await update(learner, all(5).slice(1))).toEqual([null, null]);
    expect(await update(learner, all(5).slice(0, 1))).toEqual([5, 5]);
    const state = learner.trainingState();
    expect(state.curve.map(({ meanReturn }) => meanReturn)).toEqual([null, 5]);
    learner.dispose();

    const { hyperparameters } = state;
    const resumed = Learner.create({ spec, hyperparameters, state, clock: () => 0, breathe: async () => {} });
    const next = async (episodes: readonly EpisodeRecord[]) => {
      const full = syntheticRollout(spec, layout, resumed.snapshot(), sizes, 9);
      const { judgedReturn, metrics } = await resumed.update({ ...full, episodes });
      return [judgedReturn, metrics.meanReturn];
    };
    expect(await next([episode(0, 1)])).toEqual([null, 5]);
    expect(await next(all(7).slice(1))).toEqual([
      (1 + 7 * (arenas - 1)) / arenas,
      (1 + 7 * (arenas - 1)) / arenas,
    ]);
    resumed.dispose();
  });

  it('begins anew with the first rollout under other reward weights, not with the wish for them', async () => {
    const { learner, rollout } = startLearner();
    const { hyperparameters } = learner.trainingState();
    const { arenas } = hyperparameters;
    const all = (episodeReturn: number) =>
      Array.from({ length: arenas }, (_, arena) => episode(arena, episodeReturn));
    const update = async (...parts: Partial<FullRollout>[]) => {
      const { judgedReturn, rewardsChanged, metrics } = await learner.update(
        ...parts.map((part) => ({ ...rollout(), ...part })),
      );
      return { judgedReturn, rewardsChanged, meanReturn: metrics.meanReturn };
    };
    const kept = [1];
    expect(await update({ episodes: all(480), rewardWeights: kept })).toMatchObject({ judgedReturn: 480 });
    learner.setHyperparameters({ ...hyperparameters, rewardWeights: { reward: 0.5 } });
    // Filled before the wish was heard.
    expect(await update({ episodes: all(470), rewardWeights: kept })).toEqual({
      judgedReturn: 475,
      rewardsChanged: false,
      meanReturn: 475,
    });
    expect(await update({ episodes: [], rewardWeights: [0.5] })).toEqual({
      judgedReturn: null,
      rewardsChanged: true,
      meanReturn: null,
    });
    expect(await update({ episodes: all(250), rewardWeights: [0.5] })).toEqual({
      judgedReturn: 250,
      rewardsChanged: false,
      meanReturn: 250,
    });
    learner.dispose();
  });

  it('begins anew with the first update under other settings, which made another policy; what is shown goes on', async () => {
    const { learner, rollout } = startLearner();
    const { hyperparameters } = learner.trainingState();
    const all = (episodeReturn: number) =>
      Array.from({ length: hyperparameters.arenas }, (_, arena) => episode(arena, episodeReturn));
    const update = async (episodes: readonly EpisodeRecord[]) => {
      const { judgedReturn, metrics } = await learner.update({ ...rollout(), episodes });
      return [judgedReturn, metrics.meanReturn];
    };
    expect(await update(all(480))).toEqual([480, 480]);
    learner.setHyperparameters({ ...hyperparameters, learningRate: 0.05 });
    // Played by the policy before, and better than ever: the first step at another rate is not what earned it.
    const [judged, shown] = await update(all(500));
    expect(judged).toBeNull();
    expect(shown).toBeGreaterThan(480);
    expect((await update(all(300).slice(1)))[0]).toBeNull();
    expect((await update(all(300)))[0]).toBe(300);
    learner.dispose();
  });
});
