import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { ArenaEpisodes } from './arena-episodes';
import { summaryOf } from './episode-summary';

const episode = (arena: number, length: number): EpisodeRecord => ({
  arena,
  return: length,
  length,
  truncated: false,
});
const all = (arenas: number) => Array.from({ length: arenas }, (_, arena) => arena);
const mean = (episodes: ArenaEpisodes) => summaryOf(episodes.judged)?.meanReturn ?? null;

/** Every step's episodes of a policy whose episodes are as long as `draw` says, in arenas that begin together. */
function* steps(arenas: number, count: number, draw: () => number): Generator<readonly EpisodeRecord[]> {
  const lengths = all(arenas).map(draw);
  const begun = lengths.map(() => 0);
  for (let step = 1; step <= count; step++) {
    const ended: EpisodeRecord[] = [];
    for (let arena = 0; arena < arenas; arena++) {
      if (step - begun[arena]! < lengths[arena]!) continue;
      ended.push(episode(arena, lengths[arena]!));
      begun[arena] = step;
      lengths[arena] = draw();
    }
    yield ended;
  }
}

describe('the episodes that a policy is judged by', () => {
  it('are the last of every arena, equally many of each, at least 20 where arenas have finished so many', () => {
    const history = fc.array(fc.nat(4), { maxLength: 200 });
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 5 }), (order, arenas) => {
        const ended = order.filter((arena) => arena < arenas).map((arena, i) => episode(arena, i + 1));
        let episodes = new ArenaEpisodes(arenas);
        for (const each of ended) episodes = episodes.after([each], all(arenas));
        const of = all(arenas).map((arena) => ended.filter((each) => each.arena === arena));
        const most = Math.ceil(20 / arenas);
        const count = Math.min(most, ...of.map(({ length }) => length));
        expect(episodes.judged).toEqual(count === 0 ? [] : of.flatMap((each) => each.slice(-count)));
        expect(episodes.areNew).toBe(count > 0);
      }),
    );
  });

  it('come to the policy’s true mean at every moment, also just after all arenas began together', () => {
    const trueMean = 0.9 * 100 + 0.1 * 10;
    const sums = { judged: new Float64Array(400), latest: new Float64Array(400) };
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const random = SeededRandom.fromSeed(run);
      let episodes = new ArenaEpisodes(32);
      let latest: readonly EpisodeRecord[] = [];
      let step = 0;
      for (const ended of steps(32, 400, () => (random.uniform() < 0.9 ? 100 : 4 + random.below(13)))) {
        episodes = episodes.after(ended, all(32));
        latest = [...latest, ...ended].slice(-20);
        sums.judged[step]! += (mean(episodes) ?? Number.NaN) / runs;
        sums.latest[step]! += (summaryOf(latest)?.meanReturn ?? Number.NaN) / runs;
        step++;
      }
    }
    const errors = (means: Float64Array) =>
      [...means].filter((value) => !Number.isNaN(value)).map((value) => Math.abs(value - trueMean));
    expect(errors(sums.judged)).toHaveLength(301);
    // One mean has a standard error of 0.24; what is left besides is of arenas that still go in step.
    expect(Math.max(...errors(sums.judged))).toBeLessThan(1.5);
    expect(Math.max(...errors(sums.latest))).toBeGreaterThan(6);
  });

  it('are those that were kept until every arena has finished one, so that a run that goes on makes no dip', () => {
    const random = SeededRandom.fromSeed(1);
    // A solved run: one episode in 33 fails.
    const draw = () => (random.uniform() < 0.97 ? 500 : 20 + random.below(40));
    let before = new ArenaEpisodes(32);
    for (const ended of steps(32, 1500, draw)) before = before.after(ended, all(32));
    let resumed = new ArenaEpisodes(32, before.judged);
    let lowest = Number.POSITIVE_INFINITY;
    for (const ended of steps(32, 1500, draw)) {
      resumed = resumed.after(ended, all(32));
      lowest = Math.min(lowest, mean(resumed) ?? Number.NEGATIVE_INFINITY);
    }
    expect(lowest).toBeGreaterThan(430);
    expect(resumed.areNew).toBe(true);
  });

  it('wait for no arena that is a person’s, and forget what was played there before', () => {
    let episodes = new ArenaEpisodes(3).after([episode(0, 5), episode(1, 6), episode(2, 7)], [0, 1, 2]);
    expect(mean(episodes)).toBe(6);
    episodes = episodes.after([episode(0, 8)], [0, 1]);
    expect(mean(episodes)).toBe((8 + 6) / 2);
    // Handed back, it has yet to finish one.
    episodes = episodes.after([episode(0, 9)], [0, 1, 2]);
    expect(mean(episodes)).toBe((8 + 6) / 2);
    episodes = episodes.after([episode(2, 1)], [0, 1, 2]);
    expect(mean(episodes)).toBe((9 + 6 + 1) / 3);
    expect(mean(episodes.after([], []))).toBe((9 + 6 + 1) / 3);
  });

  it('are none where none were kept and an arena has yet to finish one', () => {
    const episodes = new ArenaEpisodes(2).after([episode(0, 5), episode(0, 6)], [0, 1]);
    expect(episodes.judged).toEqual([]);
    expect(episodes.areNew).toBe(false);
  });
});
