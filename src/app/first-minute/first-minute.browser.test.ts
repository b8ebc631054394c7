import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { games } from '../../game/catalogue';
import type { Preferences } from '../../storage/preferences';
import { lockFeature, whileUnlocked } from '../lock/lock-feature';
import { runsFeature } from '../runs/runs-feature';
import { Choices } from '../shell/choices';
import { Dispatcher } from '../shell/dispatcher';
import { type OpenPage, openPage } from '../testing/open-page';
import { Guide } from './guide';
import { PromiseWatch } from './promise-watch';

let page: OpenPage;
let remembered: Partial<Preferences>[];
let dispatcher: Dispatcher;
let nowMs: number;
let later: (() => void)[];
let disposed: { dispose(): void }[];

/** A page with a guide and a promise; what they keep is kept. */
async function open(name: string): Promise<void> {
  page = await openPage(name);
  const { store, storage, desk, board } = page;
  store.patch({ hintDismissed: false, games });
  remembered = [];
  later = [];
  nowMs = 1_000;
  const remember = (choice: Partial<Preferences>) => {
    remembered.push(choice);
    void storage.preferences.save(choice);
  };
  const choices = new Choices(storage.preferences);
  await choices.recall();
  const guide = new Guide({ store, remember });
  const promise = new PromiseWatch({
    store,
    desk,
    choices: { read$: choices.read$, remember },
    nowMs: () => nowMs,
    later: (task) => later.push(task),
  });
  disposed = [guide, promise, desk];
  const runs = whileUnlocked(store, runsFeature({ store, board, desk }));
  const tell = (_: unknown, error: unknown) => {
    board.tell({ id: 'failed', severity: 'error', message: String(error) });
  };
  dispatcher = new Dispatcher([guide, promise, runs, lockFeature(store)], {
    succeeded: () => {},
    failed: tell,
    broken: (error) => tell(null, error),
  });
}
const close = () => {
  for (const each of disposed) each.dispose();
};

let count = 0;
beforeEach(async () => {
  count += 1;
  await open(`first-minute-${count}`);
});
afterEach(() => close());

/** So many episodes end by a fall, and then perhaps one by the time limit. */
function fall(times: number, holds = false): void {
  const { environment } = page.desk.session!.arenas!.driver;
  const ending = { arena: 0, truncated: false, terminated: true, lengthTicks: 20, rewardTerms: [20, 0] };
  const held = { ...ending, terminated: false, truncated: true, lengthTicks: 500 };
  const endings = [...Array.from({ length: times }, () => ending), ...(holds ? [held] : [])];
  vi.spyOn(environment, 'takeEndings').mockReturnValueOnce(endings);
  page.desk.session!.arenas!.takeEndings();
}
const shown = () => page.store.state.promise;

it('counts a new run’s falls to the first time that it holds, and promises no more then', async () => {
  await page.visit();
  await expect.poll(shown).toEqual({ times: 0, reached: false });
  fall(3);
  nowMs += 1_000;
  fall(2);
  expect(shown()).toEqual({ times: 5, reached: false });
  fall(1, true);
  expect(shown()).toEqual({ times: 6, reached: true });
  fall(4);
  expect(shown()).toEqual({ times: 6, reached: true });
  expect(remembered).toEqual([{ promisesOver: ['balance'] }]);
  for (const task of later) task();
  expect(shown()).toBeNull();
  await page.learn([20]);
  await page.desk.restart();
  expect(shown()).toBeNull();
});

it('tells no number of a run that began before this visit, nor in a game where it was put away', async () => {
  await page.visit();
  await expect.poll(shown).not.toBeNull();
  await page.learn([20, 30]);
  close();
  await open(`first-minute-${count}`);
  await page.visit();
  await page.desk.session?.start();
  expect(shown()).toBeNull();
  dispatcher.handle({ kind: 'putPromiseAway' });
  expect(remembered).toEqual([{ promisesOver: games.map(({ id }) => id) }]);
});

it('leads on with what a person really does, and is not shown again once it is done', async () => {
  await page.visit();
  const step = () => page.store.state.guide?.step;
  await expect.poll(step).toBe('watch');
  dispatcher.handle({ kind: 'skipGuideStep' });
  expect(step()).toBe('change');
  dispatcher.handle({ kind: 'settings', patch: { clipRange: 0.3 } });
  await expect.poll(step).toBe('back');
  dispatcher.handle({ kind: 'undo' });
  await expect.poll(step).toBe('play');
  expect(remembered).toEqual([]);
  page.store.patchRun(page.store.state.front, { focusPlayer: 'person' });
  await expect.poll(step).toBe('done');
  expect(remembered).toEqual([{ hintDismissed: true }]);
});

it('is put away for good', async () => {
  await page.visit();
  dispatcher.handle({ kind: 'leaveGuide' });
  expect(page.store.state.guide).toBeNull();
  page.store.patchRun(page.store.state.front, { focusedArena: 1 });
  await Promise.resolve();
  expect(page.store.state.guide).toBeNull();
  expect(remembered).toEqual([{ hintDismissed: true }]);
});

it('locked settings are changed by nothing: not by the form, and not by keys', async () => {
  await page.visit();
  dispatcher.handle({ kind: 'settings', patch: { clipRange: 0.3 } });
  const clipRange = () => page.store.state.hyperparameters.clipRange;
  await expect.poll(clipRange).toBe(0.3);
  dispatcher.handle({ kind: 'lockSettings', on: true });
  dispatcher.handle({ kind: 'undo' });
  await expect.poll(page.messages).toEqual([expect.stringContaining('Settings are locked')]);
  expect(clipRange()).toBe(0.3);
  dispatcher.handle({ kind: 'lockSettings', on: false });
  dispatcher.handle({ kind: 'undo' });
  await expect.poll(clipRange).not.toBe(0.3);
});
