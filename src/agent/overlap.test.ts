import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import { Actor } from './actor';
import { Collector } from './collector';
import { Gatherer, type Gathering } from './gatherer';
import { type OverlappedTrainingOptions, trainOverlapped } from './overlap';
import { CountingEnvironment, StubLearner, settings, snapshotOf, spec } from './testing/counting';

/** So many turns of the event loop pass first. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Gathers as in another thread: what is asked for comes after some turns. */
function late(gathering: Gathering, delay: () => number): Gathering {
  return {
    async gather(answer) {
      await turns(delay());
      return gathering.gather(answer);
    },
  };
}

async function train(
  changes: Partial<OverlappedTrainingOptions> = {},
  inOtherThread: (gathering: Gathering) => Gathering = (gathering) => gathering,
) {
  const environment = new CountingEnvironment();
  const actor = new Actor({ spec, hyperparameters: settings, snapshot: snapshotOf(1) });
  const collector = new Collector({
    environment,
    actor,
    decisionIntervalTicks: 3,
    firstArena: 0,
    clock: () => 0,
  });
  const learner = new StubLearner();
  const episodes: [EpisodeRecord, number][] = [];
  const result = await trainOverlapped({
    gathering: inOtherThread(new Gatherer([collector])),
    learner,
    maxDecisions: 32,
    onEpisode: (episode, decisions) => episodes.push([episode, decisions]),
    ...changes,
  });
  return { environment, learner, episodes, result };
}

describe('training while the next rollout is gathered', () => {
  it('acts one update behind, by one policy a rollout', async () => {
    const { learner } = await train();
    expect(learner.versions).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
  });

  it('learns from every decision that it takes', async () => {
    const { environment, result } = await train();
    expect(result).toEqual({ decisions: 32, updates: 4, stopped: false });
    expect(environment.calls.filter((call) => call === 'apply')).toHaveLength(16); // of two arenas
  });

  it('fills up the rollout in which enough have been taken', async () => {
    const { result } = await train({ maxDecisions: 25 });
    expect(result).toEqual({ decisions: 32, updates: 4, stopped: false });
  });

  it('tells of episodes with the decisions taken until then', async () => {
    const { episodes } = await train();
    // 10 ticks are 4 decisions of 3; both arenas end in the same one, after 8 decisions in all.
    expect(episodes.slice(0, 2)).toEqual([
      [{ arena: 0, return: 10, length: 4, truncated: true }, 8],
      [{ arena: 1, return: 10, length: 4, truncated: true }, 8],
    ]);
    expect(episodes).toHaveLength(8);
  });

  it('stops when asked, between two rollouts', async () => {
    let asked = 0;
    const { result } = await train({ shouldStop: () => ++asked > 2 });
    expect(result).toEqual({ decisions: 24, updates: 2, stopped: true });
  });

  it('is the same run whichever of the two is quicker', async () => {
    const inOneThread = await train();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
        fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
        async (gatherDelays, updateDelays) => {
          const learner = new StubLearner();
          const slow = {
            async update(...parts: Parameters<StubLearner['update']>) {
              await turns(updateDelays.shift() ?? 0);
              return learner.update(...parts);
            },
          };
          const { episodes } = await train({ learner: slow }, (gathering) =>
            late(gathering, () => gatherDelays.shift() ?? 0),
          );
          expect(learner.versions).toEqual(inOneThread.learner.versions);
          expect(learner.lastRows).toEqual(inOneThread.learner.lastRows);
          expect(episodes).toEqual(inOneThread.episodes);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('fails with whoever fails', async () => {
    const failing = { gather: () => Promise.reject(new Error('no more games')) };
    await expect(train({}, () => failing)).rejects.toThrow('no more games');
    const learner = { update: () => Promise.reject(new Error('no more weights')) };
    await expect(train({ learner })).rejects.toThrow('no more weights');
  });
});
