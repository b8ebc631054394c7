import { describe, expect, it } from 'vitest';
import { createRollout, type EpisodeRecord } from '../contract';
import type { FullRollout } from './full-rollout';
import { joinNotes } from './joined-rollouts';

const none = { observations: null, rewards: null };
const before = { decisions: 100, normalisation: none };

const episode = (arena: number, length: number): EpisodeRecord => ({
  arena,
  return: length,
  length,
  truncated: false,
});

/** Four steps of two arenas, one cell not the learner's. */
function part(firstArena: number, episodes: readonly EpisodeRecord[], episodeSteps: readonly number[]) {
  const rollout = createRollout({ steps: 4, agents: 2, observationSize: 1, actionSize: 1, maskSize: 0 });
  rollout.valid.fill(1);
  rollout.valid[3] = 0;
  const counters = {
    decisions: 999,
    decisionsDuringUpdate: 3,
    unrecordedDecisions: 2,
    collectMs: 50 + firstArena,
  };
  const full: FullRollout = { rollout, episodes, counters, normalisation: none, rewardWeights: [1] };
  return { ...full, collected: { firstArena, episodeSteps } };
}

describe('joining rollouts', () => {
  it('names arenas as the run does, and keeps the order in which episodes ended', () => {
    const { episodes } = joinNotes(
      [part(0, [episode(0, 1), episode(1, 2), episode(0, 3)], [0, 2, 3]), part(2, [episode(1, 4)], [2])],
      before,
      1,
    );
    // In step 2, arena 1 before arena 3.
    expect(episodes.map(({ arena, length }) => [arena, length])).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
      [0, 3],
    ]);
  });

  it('counts decisions on from the run’s own, and the longest time of all', () => {
    const notes = joinNotes([part(0, [], []), part(2, [], [])], before, 1);
    expect(notes.counters).toEqual({
      decisions: 100 + 7 + 7,
      decisionsDuringUpdate: 6,
      unrecordedDecisions: 4,
      collectMs: 52,
    });
  });

  it('tells each collector’s rate: 7 decisions in 50 and in 52 ms', () => {
    const { collectorDecisionsPerSecond } = joinNotes([part(0, [], []), part(2, [], [])], before, 1);
    expect(collectorDecisionsPerSecond).toEqual([140, 7000 / 52]);
  });

  it('says in which arenas the learner played', () => {
    const idle = part(4, [], []);
    for (const step of [0, 1, 2, 3]) idle.rollout.valid[2 * step] = 0;
    const parts = [part(0, [], []), idle];
    expect(joinNotes(parts, before, 1).playing).toEqual([0, 1, 5]);
    expect(joinNotes(parts, before, 2).playing).toEqual([0, 4]);
  });

  it('counts decisions of the game’s own actor likewise, and leaves its other notes as they are', () => {
    const { collected: _, ...alone } = part(0, [episode(1, 2)], []);
    const notes = joinNotes([alone], before, 1);
    expect(notes.counters).toEqual({ ...alone.counters, decisions: 100 + 7 });
    expect(notes.episodes).toEqual(alone.episodes);
    expect(notes.collectorDecisionsPerSecond).toEqual([]);
  });
});
