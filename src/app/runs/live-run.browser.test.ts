import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newRunId } from '../../storage/run-id';
import { type OpenPage, openPage } from '../testing/open-page';

let name: string;
let page: OpenPage;

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name, undefined, 'flap');
  await page.visit();
});
afterEach(async () => {
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

it('a live game whose twin is lost after another came to the front says nothing beside that', async () => {
  const { entry } = page.desk.session!.run;
  if (entry.kind !== 'live') throw new Error('Flap is a live game.');
  const message = 'The collector ended without a word.';
  page.agent().events.next({ kind: 'restarted', message, version: 0, decisions: 0 });
  await page.desk.visit({ game: 'balance', run: null, settings: null });
  await expect.poll(() => entry.visible.collector).not.toBeNull();
  await new Promise((resolve) => setTimeout(resolve));
  expect(page.messages()).toEqual([]);
  expect(page.store.state.game).toBe('balance');
});
