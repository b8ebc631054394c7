import { describe, expect, it } from 'vitest';
import { createRollout } from '../contract';
import type { RolloutMessage } from './protocol';
import { RolloutAssembly } from './rollout-assembly';

/** One arena's rollout of some length, all by one version. */
function message(steps: number, version = 0): RolloutMessage {
  const shape = { steps, agents: 1, observationSize: 1, actionSize: 1, maskSize: 0 };
  const { buffer, versions } = createRollout(shape);
  versions.fill(version);
  return {
    buffer,
    shape,
    episodes: [],
    counters: { decisions: 0, decisionsDuringUpdate: 0, unrecordedDecisions: 0, collectMs: 0 },
    normalisation: { observations: null, rewards: null },
    rewardWeights: [1],
  };
}

describe('RolloutAssembly', () => {
  it('waits for one of each source, and gives the oldest in the sources’ order', () => {
    const assembly = new RolloutAssembly(2);
    const [first, second, third] = [message(4), message(4), message(4)];
    assembly.add(1, first);
    assembly.add(1, second);
    expect(assembly.take(0, 4)).toEqual({ parts: null, dropped: [] });
    assembly.add(0, third);
    const { parts } = assembly.take(0, 4);
    expect(parts?.[0]).toBe(third);
    expect(parts?.[1]).toBe(first);
    expect(assembly.take(0, 4).parts).toBeNull();
  });

  it('takes a rollout one version old, and leaves one out that is two versions old', () => {
    const assembly = new RolloutAssembly(1);
    const stale = message(4, 5);
    assembly.add(0, stale);
    assembly.add(0, message(4, 6));
    const { parts, dropped } = assembly.take(7, 4);
    expect(parts).toHaveLength(1);
    expect(dropped).toEqual([{ source: 0, message: stale, reason: 'stale' }]);
  });

  it('takes rollouts of an old length as long as all are of it', () => {
    const assembly = new RolloutAssembly(2);
    assembly.add(0, message(4));
    assembly.add(1, message(4));
    expect(assembly.take(0, 8)).toMatchObject({ parts: [{}, {}], dropped: [] });
  });

  it('of different lengths leaves out those that are not the newest', () => {
    const assembly = new RolloutAssembly(2);
    const old = message(4);
    assembly.add(0, old);
    assembly.add(1, message(8));
    expect(assembly.take(0, 8)).toEqual({
      parts: null,
      dropped: [{ source: 0, message: old, reason: 'length' }],
    });
    assembly.add(0, message(8));
    expect(assembly.take(0, 8).parts).toHaveLength(2);
  });

  it('leaves all out when the length changed twice', () => {
    const assembly = new RolloutAssembly(2);
    assembly.add(0, message(4));
    assembly.add(1, message(8));
    const { parts, dropped } = assembly.take(0, 16);
    expect(parts).toBeNull();
    expect(dropped.map(({ source }) => source)).toEqual([0, 1]);
  });

  it('gives up all that waits', () => {
    const assembly = new RolloutAssembly(2);
    assembly.add(1, message(4));
    assembly.add(1, message(4));
    expect(assembly.clear().map(({ source }) => source)).toEqual([1, 1]);
    expect(assembly.clear()).toEqual([]);
  });
});
