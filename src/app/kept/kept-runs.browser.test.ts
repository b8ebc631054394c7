import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { decodeTrainingState } from '../../agent/checkpoint';
import { type RunSlot, sentenceOf, updateSlot } from '../../contract';
import { newRunId } from '../../storage/run-id';
import { leftOutTexts } from '../../texts/left-out';
import { keptTexts, runTexts } from '../../texts/runs';
import { runPanel } from '../../ui/runs/run-panel';
import type { Intent } from '../../ui/shell/page-state';
import { ourGames } from '../games/our-games';
import { Dispatcher } from '../shell/dispatcher';
import { type OpenPage, openPage } from '../testing/open-page';
import { KeptRuns } from './kept-runs';

let name: string;
let page: OpenPage;
let kept: KeptRuns;
let dispatcher: Dispatcher;
let panel: HTMLElement;
let failures: string[];
let persist: MockInstance<StorageManager['persist']>;
let saved: { readonly name: string; readonly blob: Blob }[];

let isDone: Promise<void>;
let settle = () => {};
function handle(intent: Intent): void {
  isDone = new Promise((resolve) => (settle = resolve));
  dispatcher.handle(intent);
}
/** Asks for something, and waits until it is done or was refused. */
async function ask(intent: Intent): Promise<void> {
  handle(intent);
  await isDone;
}
/** Presses a button of the list by what it is called. */
async function press(label: string): Promise<void> {
  const buttons = [...panel.querySelectorAll('button')];
  const found = buttons.find((each) => (each.ariaLabel ?? each.textContent?.trim()) === label);
  if (found === undefined) throw new Error(`There is no button “${label}”.`);
  found.click();
  await isDone;
}
/** Forks a run by the form of its row. */
async function fork(of: string, slot: RunSlot): Promise<void> {
  const form = panel.querySelector(`[aria-label="Where to fork ${of}"]`)?.closest('form');
  if (form == null) throw new Error(`There is no run “${of}”.`);
  form.querySelector('select')!.value = slot;
  form.requestSubmit();
  await isDone;
}
async function rename(from: string, to: string): Promise<void> {
  const field = [...panel.querySelectorAll<HTMLInputElement>('.kept-name')].find(
    ({ value }) => value === from,
  );
  if (field === undefined) throw new Error(`There is no run “${from}”.`);
  field.value = to;
  field.dispatchEvent(new Event('change'));
  await isDone;
}
const names = () => [...panel.querySelectorAll<HTMLInputElement>('.kept-name')].map(({ value }) => value);
const notice = (id: string) => page.store.state.notices.find((each) => each.id === id);
const stateOf = async (id: string) => {
  const { latest } = await page.storage.runs.open(id);
  return latest && decodeTrainingState(latest.bytes, page.store.state.spec);
};
const idOf = async (called: string) => {
  const found = (await page.storage.runs.list()).value.find((run) => run.name === called);
  if (found === undefined) throw new Error(`No run is called “${called}”.`);
  return found.id;
};

beforeEach(async () => {
  name = `test-${newRunId()}`;
  failures = [];
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (blob !== undefined) saved.push({ name: this.download, blob });
  });
  const blobs = new Map<string, Blob>();
  const createObjectURL = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const url = createObjectURL(blob);
    blobs.set(url, blob as Blob);
    return url;
  });
  persist = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true);
  page = await openPage(name);
  kept = new KeptRuns({ ...page, games: ourGames }, 0);
  dispatcher = new Dispatcher([kept], {
    succeeded: () => settle(),
    failed: (_, error) => {
      failures.push(sentenceOf(error));
      settle();
    },
    broken: (error) => failures.push(sentenceOf(error)),
  });
  panel = document.body.appendChild(document.createElement('div'));
  const shown = runPanel(panel, (asked) => {
    if (typeof asked !== 'function') handle(asked);
  });
  page.store.state$.subscribe((state) => shown.update(state));
  await page.visit();
  await page.learn([10, 20]);
  await vi.waitFor(() => {
    if (names().length === 0) throw new Error('The run is not listed yet.');
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  kept.dispose();
  const keeper = page.desk.session?.run.keeper;
  page.desk.dispose();
  await keeper?.release();
  await page.storage.close();
  await deleteDB(name);
  panel.remove();
});

describe('the list of kept runs', () => {
  it('gives a run another name, and keeps the old one where none is given', async () => {
    await rename('Balance', '  Steady hand ');
    expect(page.store.state.name).toBe('Steady hand');
    expect(await idOf('Steady hand')).toBe(page.store.state.front);
    await rename('Steady hand', '  ');
    expect(failures).toEqual([runTexts.needsName]);
    expect(names()).toEqual(['Steady hand']);
  });

  it('shows what was read last, though what was read before comes later', async () => {
    const { storage } = page;
    const space = storage.space.bind(storage);
    let comes: (() => void) | null = null;
    storage.space = async () => {
      await new Promise<void>((resolve) => (comes = resolve));
      return space();
    };
    await page.learn([15], 20);
    await expect.poll(() => comes).not.toBeNull();
    storage.space = space;
    await rename('Balance', 'Steady hand');
    expect(names()).toEqual(['Steady hand']);
    comes!();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(names()).toEqual(['Steady hand']);
  });

  it('is done with what was asked for once the list shows it, though it is read once more meanwhile', async () => {
    const { storage } = page;
    const space = storage.space.bind(storage);
    let readings = 0;
    storage.space = async () => {
      readings += 1;
      // As what was renamed is listed, a save has it listed once more, which takes longer.
      if (readings > 1) await new Promise((resolve) => setTimeout(resolve, 300));
      else {
        page.agent().learn(15);
        await vi.waitUntil(() => readings > 1, 10_000);
      }
      return space();
    };
    await rename('Balance', 'Steady hand');
    expect(names()).toEqual(['Steady hand']);
    expect(readings).toBe(2);
    await page.desk.save();
    storage.space = space;
  });

  it('forks a run as it is now, with its history, and goes on with the fork', async () => {
    const { front } = page.store.state;
    page.agent().sendsAtOnce = false;
    page.agent().learn(15);
    await fork('Balance', 'latest');
    expect(names()).toEqual(['Balance (update 3)', 'Balance']);
    expect(page.store.state.front).toBe(await idOf('Balance (update 3)'));
    expect(page.store.state.front).not.toBe(front);
    expect((await stateOf(page.store.state.front))?.version).toBe(3);
    expect(page.desk.session?.run.history.points).toHaveLength(3);
  });

  it('forks a run from its best', async () => {
    await page.learn([5], 20);
    await fork('Balance', 'best');
    expect(page.store.state.status).toMatchObject({ policyVersion: 2, meanReturn: 20 });
    expect(page.desk.session?.run.history.points).toHaveLength(2);
    await page.learn([21]);
    expect((await stateOf(await idOf('Balance')))?.version).toBe(3);
  });

  it('forks a run at each update that it keeps: the parent’s state of then to the bit, named after both', async () => {
    await page.learn([15, 16, 17]);
    const { front } = page.store.state;
    const record = async () => (await page.storage.runs.list()).value.find(({ id }) => id === front);
    await vi.waitFor(async () =>
      expect((await record())?.updates.map(({ version }) => version)).toEqual([0, 4]),
    );
    for (const version of [0, 4]) {
      await vi.waitFor(() => panel.querySelector(`option[value="at-${version}"]`) ?? Promise.reject());
      await fork('Balance', updateSlot(version));
      const { front: forked, name: called } = page.store.state;
      expect(called).toBe(`Balance (update ${version})`);
      expect(forked).not.toBe(front);
      const parent = (await page.storage.runs.state(front, updateSlot(version))).value;
      expect(parent?.version).toBe(version);
      expect((await page.storage.runs.state(forked, 'latest')).value?.bytes).toEqual(parent?.bytes);
      expect(page.agent().start.checkpoint).toEqual(parent?.bytes);
      expect((await page.storage.runs.list()).value.find(({ id }) => id === forked)?.forkOf).toEqual({
        id: front,
        version,
      });
      expect(panel.textContent).toContain(`from update ${version} of “Balance”`);
    }
    expect((await record())?.version).toBe(5);
  });

  it('keeps an update that a person wants kept, once, and forks there later', async () => {
    const { front } = page.store.state;
    for (const _ of ['once', 'twice']) await press(runTexts.keepUpdate);
    expect(notice('news-update-kept')?.message).toBe(runTexts.updateKept(2));
    await page.learn([15]);
    const { value } = await page.storage.runs.list();
    expect(value[0]?.updates.map(({ version }) => version)).toEqual([0, 2]);
    await vi.waitFor(() => panel.querySelector('option[value="at-2"]') ?? Promise.reject());
    await fork('Balance', updateSlot(2));
    expect(page.store.state.status.policyVersion).toBe(2);
    expect((await page.storage.runs.state(front, updateSlot(2))).value?.bytes).toEqual(
      page.agent().start.checkpoint,
    );
  });

  it('deletes the run in front, whose place another takes, and has it back as it was', async () => {
    const { front } = page.store.state;
    await press('Delete Balance');
    expect(failures).toEqual([]);
    expect(page.store.state.front).not.toBe(front);
    expect(names()).toEqual([]);
    expect(panel.textContent).toContain('One deleted run');
    expect(notice('news-removed')?.actions?.map(({ intent }) => intent)).toEqual([
      { kind: 'restoreRun', run: front },
    ]);
    await press('Undo');
    expect(names()).toEqual(['Balance']);
    expect(notice('news-removed')).toBeUndefined();
    await page.desk.openRun(front);
    expect(page.store.state.keeping.kind).toBe('kept');
    expect(page.store.state.status.policyVersion).toBe(2);
  });

  it('deletes the run in front also where the browser is slow to let it go', async () => {
    const { held } = page.desk.session?.run.keeper ?? {};
    if (held === null || held === undefined) throw new Error('The run is not held.');
    const release = held.release.bind(held);
    const slow = () => new Promise((resolve) => setTimeout(resolve, 20)).then(release);
    Object.assign(held, { release: slow });
    await press('Delete Balance');
    expect(failures).toEqual([]);
    expect(await page.storage.runs.removed()).toHaveLength(1);
  });

  it('deletes for good what was deleted, and nothing else', async () => {
    await fork('Balance', 'latest');
    await press('Delete Balance');
    expect(names()).toEqual(['Balance (update 2)']);
    await press('Delete them for good');
    expect(await page.storage.runs.removed()).toEqual([]);
    expect(names()).toEqual(['Balance (update 2)']);
  });

  it('leaves a run alone that another tab has open', async () => {
    const { front } = page.store.state;
    await page.desk.restart();
    const elsewhere = await page.storage.holdRun(front);
    await press('Delete Balance');
    expect(failures).toEqual([runTexts.openElsewhere('Balance')]);
    expect(names()).toEqual(['Balance']);
    await elsewhere?.release();
  });

  it('exports a run with all that it has learned so far, and takes it in beside what there is', async () => {
    page.agent().sendsAtOnce = false;
    page.agent().learn(15);
    await press('Export Balance');
    expect(saved.map((file) => file.name)).toEqual(['balance.playtrain.zip']);
    const { front } = page.store.state;
    await ask({ kind: 'importEverything', file: new File([saved[0]!.blob], 'balance.playtrain.zip') });
    expect(names()).toHaveLength(2);
    const runs = (await page.storage.runs.list()).value;
    expect(runs.map(({ version }) => version)).toEqual([3, 3]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
    expect(page.store.state.front).toBe(front);
    expect(notice('news-imported')?.message).toBe(runTexts.broughtBeside(1, 'balance.playtrain.zip'));
  });

  it('exports everything, also what the run in front has just learned', async () => {
    await fork('Balance', 'latest');
    page.agent().sendsAtOnce = false;
    page.agent().learn(15);
    await press('Export everything');
    expect(saved[0]?.name).toMatch(/^playtrain-\d{4}-\d\d-\d\d\.playtrain\.zip$/);
    await ask({ kind: 'importEverything', file: new File([saved[0]!.blob], 'all.zip') });
    const runs = (await page.storage.runs.list()).value;
    expect(runs.map(({ version }) => version).sort((a, b) => a - b)).toEqual([2, 2, 3, 3]);
  });

  it('tells what cannot be read: of what is kept once, and of each file that lacks it', async () => {
    await fork('Balance', 'latest');
    const raw = await openDB(name);
    await raw.put('checkpoints', 'nonsense', [await idOf('Balance'), 'latest']);
    await raw.put('runs', 'nonsense', 'another');
    raw.close();
    await rename('Balance (update 2)', 'Twin');
    expect(notice('kept-left-out')?.message).toBe(leftOutTexts.kept('one run'));
    page.board.dismiss('kept-left-out');
    await rename('Twin', 'Twin again');
    expect(notice('kept-left-out')).toBeUndefined();

    await press('Export everything');
    const { message } = notice('exported-left-out') ?? {};
    expect(message).toBe(leftOutTexts.exported(saved[0]?.name ?? '', 'one run, parts of “Balance”'));
    await ask({ kind: 'exportKeptRun', run: page.store.state.front });
    expect(notice('exported-left-out')).toBeUndefined();
  });

  it('refuses an archive that is none, and keeps what there is', async () => {
    await ask({ kind: 'importEverything', file: new File(['no archive'], 'all.zip') });
    expect(failures).toHaveLength(1);
    expect(names()).toEqual(['Balance']);
  });
});

describe('the room that runs take', () => {
  it('is shown, and where little is left the page asks what to let go, until there is more', async () => {
    const estimate = vi.spyOn(navigator.storage, 'estimate');
    estimate.mockResolvedValue({ usage: 10 ** 9, quota: 10 ** 9 + 1 });
    await rename('Balance', 'Large');
    expect(notice('space')?.message).toBe(runTexts.spaceIsShort);
    expect(notice('space')?.actions?.map(({ intent }) => intent)).toEqual([{ kind: 'exportEverything' }]);
    expect(panel.textContent).toContain('that this page may keep');
    estimate.mockResolvedValue({ usage: 1, quota: 10 ** 10 });
    await rename('Large', 'Small');
    expect(notice('space')).toBeUndefined();
  });

  it('is asked to be kept, once, when there is something to lose', async () => {
    await expect.poll(() => persist.mock.calls.length).toBe(1);
    await page.learn([12]);
    await page.learn([13]);
    await ask({ kind: 'renameRun', run: page.store.state.front, name: 'Known' });
    expect(persist).toHaveBeenCalledTimes(1);
  });

  it('has no list where storage is closed, and says so', async () => {
    const refuse = () => Promise.reject(new Error('Storage is closed.'));
    page.storage.runs.removed = refuse;
    await rename('Balance', 'Lost');
    expect(page.store.state.kept).toBeNull();
    expect(panel.textContent).toContain(keptTexts.closed);
  });
});
