import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stage } from '../../contract';
import { newRunId } from '../../storage/run-id';
import type { AppFeature } from '../feature';
import { type OpenPage, openPage } from '../testing/open-page';
import { outsideFeature } from './outside-feature';

/** Nobody listens there. */
const port = 9_871;
const usualWebSocket = globalThis.WebSocket;

let name: string;
let page: OpenPage;
let feature: AppFeature;
/** How often it was tried to reach a program. */
let tried: number;
/** What was put in the run's place. */
let drawn: Stage | null;
/** As the program at the other end would begin: no page can listen. */
let programBegins: () => void;

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  const looks = { theme: () => 'dark' as const, reducedMotion: () => true };
  feature = outsideFeature({ ...page, looks, show: (stage) => (drawn = stage) });
  tried = 0;
  drawn = null;
  globalThis.WebSocket = class extends usualWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      tried += 1;
      programBegins = () => this.onmessage?.(new MessageEvent('message', { data: '{}' }));
      this.send = () => {};
    }
  };
  await page.visit();
});
afterEach(async () => {
  feature.dispose?.();
  globalThis.WebSocket = usualWebSocket;
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

const { signal } = new AbortController();
const offer = async () => feature.intents.offerTab?.act({ kind: 'offerTab', port }, signal);
const withdraw = () => feature.intents.withdrawTab?.act({ kind: 'withdrawTab' }, signal);
const refused = () => new Promise((resolve) => setTimeout(resolve, 300));

/** Whether anybody still tries, as who comes back to the tab makes them do at once. */
async function triesAfterFocus(): Promise<number> {
  await refused();
  const before = tried;
  window.dispatchEvent(new Event('focus'));
  return tried - before;
}

describe('a tab that is offered', () => {
  it('tries to reach one program, however often it was offered', async () => {
    await Promise.all([offer(), offer(), offer()]);
    expect(tried).toBe(1);
    expect(await triesAfterFocus()).toBe(1);
  });

  it.each(['withdrawn', 'left', 'of another run by then'])(
    'tries to reach nobody once it is %s, even before it was fetched',
    async (what) => {
      const offered = offer();
      if (what === 'withdrawn') await withdraw();
      else if (what === 'left') feature.dispose?.();
      else await page.desk.restart();
      await offered;
      expect(page.store.state.outside).toBeNull();
      expect(await triesAfterFocus()).toBe(0);
    },
  );
});

describe('a run in whose place a program plays', () => {
  const begin = async () => {
    await offer();
    programBegins();
    expect(drawn).not.toBeNull();
    expect(page.store.state.running).toBe(false);
  };

  it('is seen again, and goes on, once the tab is given back', async () => {
    await begin();
    await withdraw();
    expect(drawn).toBeNull();
    expect(page.store.state.running).toBe(true);
  });

  it.each([true, false])(
    'leaves another that comes to the front as that is to go, running or not: %s',
    async (running) => {
      page.store.patchRun(page.store.state.front, { running: !running });
      await offer();
      programBegins();
      await page.desk.receive({
        entry: page.desk.session!.run.entry,
        hyperparameters: page.small,
        going: { running, learning: true, lockstep: false, speed: '1' },
        name: 'Lesson',
        keepsNothing: false,
      });
      expect(drawn).toBeNull();
      expect(page.store.state.running).toBe(running);
    },
  );

  it('leaves one that was begun in its stead running as it was itself', async () => {
    await begin();
    await page.desk.restart();
    expect(drawn).toBeNull();
    expect(page.store.state.running).toBe(true);
  });
});
