import { clear, keys } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  forgetAllGenerations,
  forgetGenerations,
  keptGenerations,
  loadGeneration,
  saveGeneration,
} from './generation-store';
import { forgetRun } from './run-store';

describe('generation store', () => {
  beforeEach(() => clear());

  it('gives back a generation’s bytes, and its versions in order whatever the order of saving', async () => {
    for (const version of [40, 7, 20]) {
      await saveGeneration('volley', 'default', version, Uint8Array.of(version));
    }
    expect(await keptGenerations('volley', 'default')).toEqual([7, 20, 40]);
    expect(await loadGeneration('volley', 'default', 20)).toEqual(Uint8Array.of(20));
    expect(await loadGeneration('volley', 'default', 21)).toBeNull();
  });

  it('keeps runs and games apart', async () => {
    await saveGeneration('volley', 'default', 1, Uint8Array.of(1));
    await saveGeneration('volley', 'seed=7', 2, Uint8Array.of(2));
    await forgetAllGenerations('volley', 'seed=7');
    expect(await keptGenerations('volley', 'seed=7')).toEqual([]);
    expect(await keptGenerations('volley', 'default')).toEqual([1]);
    expect(await keptGenerations('balance', 'default')).toEqual([]);
  });

  it('leaves no bytes of what is forgotten, one by one or with the run', async () => {
    for (const version of [1, 2, 3]) {
      await saveGeneration('volley', 'default', version, Uint8Array.of(version));
    }
    await forgetGenerations('volley', 'default', [1, 3]);
    expect(await keptGenerations('volley', 'default')).toEqual([2]);
    expect(await loadGeneration('volley', 'default', 3)).toBeNull();
    await forgetRun('volley', 'default');
    const left = (await keys<string>()).filter((key) => key.includes('/generation/'));
    expect(left).toEqual([]);
    expect(await keptGenerations('volley', 'default')).toEqual([]);
  });
});
