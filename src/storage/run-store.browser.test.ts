import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { loadRun, recentRuns, runIdentity, type StoredRun, saveRun } from './run-store';

const stored = (version: number): StoredRun => ({
  bytes: Uint8Array.of(1, 2, version),
  version,
  decisions: 2048 * version,
  meanReturn: 20,
  savedAtMs: 1,
});

describe('run store', () => {
  beforeEach(() => clear());

  it('gives back what was saved, bytes and all', async () => {
    await saveRun('balance', 'default', 'latest', stored(3));
    expect(await loadRun('balance', 'default', 'latest')).toEqual(stored(3));
  });

  it('keeps slots, runs and games apart', async () => {
    await saveRun('balance', 'default', 'latest', stored(1));
    await saveRun('balance', 'default', 'best', stored(2));
    await saveRun('balance', 'seed=7', 'latest', stored(3));
    await saveRun('swing', 'default', 'latest', stored(4));
    expect((await loadRun('balance', 'default', 'latest'))?.version).toBe(1);
    expect((await loadRun('balance', 'default', 'best'))?.version).toBe(2);
    expect((await loadRun('balance', 'seed=7', 'latest'))?.version).toBe(3);
    expect((await loadRun('swing', 'default', 'latest'))?.version).toBe(4);
    expect(await loadRun('swing', 'default', 'best')).toBeNull();
  });

  it('remembers the newest run first and lets the oldest go', async () => {
    for (let seed = 1; seed <= 8; seed++) await saveRun('balance', `seed=${seed}`, 'latest', stored(seed));
    expect(await recentRuns('balance')).toEqual(['seed=8', 'seed=7', 'seed=6', 'seed=5', 'seed=4', 'seed=3']);
    expect(await loadRun('balance', 'seed=2', 'latest')).toBeNull();
    expect(await loadRun('balance', 'seed=3', 'latest')).not.toBeNull();
  });
});

describe('runIdentity', () => {
  it('tells runs apart by what cannot change mid-run, and by nothing else', () => {
    const other = { ...sb3Hyperparameters, learningRate: 0.1, epochs: 3 };
    expect(runIdentity(sb3Hyperparameters, other)).toBe('default');
    expect(runIdentity(sb3Hyperparameters, { ...other, seed: 7, hiddenSizes: [32] })).toBe(
      'seed=7,hiddenSizes=[32]',
    );
  });
});
