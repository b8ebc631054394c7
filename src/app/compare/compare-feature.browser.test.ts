import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlaytrainError } from '../../contract';
import { newRunId } from '../../storage/run-id';
import type { ComparedFrom, ComparisonShown } from '../../ui/compare/compare-state';
import type { AppFeature } from '../feature';
import { type OpenPage, openPage } from '../testing/open-page';
import { compareFeature } from './compare-feature';

let name: string;
let page: OpenPage;
let feature: AppFeature;
/** Every state of a comparison that the page came to. */
let shown: ComparisonShown[];

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  feature = compareFeature(page);
  shown = [];
  page.store.state$.subscribe(({ comparison }) => {
    if (comparison !== null && comparison !== shown.at(-1)) shown.push(comparison);
  });
  await page.visit();
});
afterEach(async () => {
  feature.dispose?.();
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

const { signal } = new AbortController();
/** @param label tells one comparison from another. */
async function compare(label: string, from: ComparedFrom = 'nothing'): Promise<void> {
  const ways = [0.9, 1].map((gaeLambda) => ({ label: `${label} ${gaeLambda}`, patch: { gaeLambda } }));
  await feature.intents.compare?.act({ kind: 'compare', ways, beside: 0, from }, signal);
}
const stop = () => feature.intents.stopComparing?.act({ kind: 'stopComparing' }, signal);
const firstLabels = () => new Set(shown.map(({ ways }) => ways[0]?.label.split(' ')[0]));
/** Long enough for whatever was begun to be fetched and to show itself. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 1_000));

describe('of comparisons that are asked for', () => {
  it('the last one holds, and no other is begun', async () => {
    void compare('first');
    void compare('second');
    await expect.poll(() => shown.length).toBeGreaterThan(0);
    await aMoment();
    expect(firstLabels()).toEqual(new Set(['second']));
  });

  it('none is begun that was stopped before it was fetched, or that the page has left behind', async () => {
    void compare('stopped');
    await stop();
    await aMoment();
    expect(shown).toEqual([]);
    void compare('left');
    feature.dispose?.();
    await aMoment();
    expect(shown).toEqual([]);
  });

  it('one that is stopped on its way is over', async () => {
    const asked = compare('stopped');
    await expect.poll(() => shown.length).toBeGreaterThan(0);
    await stop();
    await asked;
    expect(shown.at(-1)).toMatchObject({ isOver: true, finished: 0 });
  });

  it('one that cannot be trained says why, and is over', async () => {
    const { session } = page.desk;
    session!.run.best = { bytes: new Uint8Array(3), version: 1, meanReturn: 1, decisions: 1 };
    await expect(compare('broken', 'best')).rejects.toThrow(PlaytrainError);
    expect(shown.at(-1)).toMatchObject({ isOver: true });
  });
});
