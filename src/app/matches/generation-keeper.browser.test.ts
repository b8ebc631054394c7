import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { environmentSpec } from '../../game/engine/vector-environment';
import { volley } from '../../game/volley/simulation';
import { keptGenerations, saveGeneration } from '../../storage/generation-store';
import { GenerationKeeper } from './generation-keeper';

const spec = environmentSpec(volley);

describe('GenerationKeeper', () => {
  beforeEach(() => clear());

  it('lets go what lies beyond where the run goes on, but for the one that stays', async () => {
    for (const version of [20, 40, 60, 80]) {
      await saveGeneration('volley', 'default', version, Uint8Array.of(version));
    }
    const keeper = new GenerationKeeper(spec, 'default');
    expect(await keeper.load(30, async (kept) => kept[2] ?? null)).toEqual([40, 80]);
    expect(keeper.versions).toEqual([20, 60]);
    expect(await keptGenerations('volley', 'default')).toEqual([20, 60]);
  });

  it('lets two keepers of one run take turns', async () => {
    await saveGeneration('volley', 'default', 20, Uint8Array.of(20));
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const order: string[] = [];
    const first = new GenerationKeeper(spec, 'default').load(20, async () => {
      await gate;
      order.push('first');
      return null;
    });
    const second = new GenerationKeeper(spec, 'default').load(20, async () => {
      order.push('second');
      return null;
    });
    // Of another run nobody waits.
    await new GenerationKeeper(spec, 'seed=7').load(20, async () => null);
    open();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });
});
