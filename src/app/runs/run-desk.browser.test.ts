import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeTrainingState, encodeTrainingState } from '../../agent/checkpoint';
import { PlaytrainError } from '../../contract';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import { StorageError } from '../../storage/storage-error';
import { leftOutTexts } from '../../texts/left-out';
import { ourGames } from '../games/our-games';
import { type OpenPage, openPage } from '../testing/open-page';
import { askBeforeUnload } from './ask-before-unload';
import { Declined } from './gate';
import { initialGoing } from './initial-view';
import { readRunFile, writeRunFile } from './run-file';
import { transportFeature } from './transport';

let name: string;
let pages: OpenPage[];

async function newPage(storage?: PageStorage): Promise<OpenPage> {
  const page = await openPage(name, storage);
  pages.push(page);
  return page;
}
/** Closes a page as a browser does: what is new is saved, and other pages may have the run. */
async function close(page: OpenPage): Promise<void> {
  const keeper = page.desk.session?.run.keeper;
  page.desk.dispose();
  await keeper?.release();
  pages = pages.filter((each) => each !== page);
  await page.storage.close();
}
const kept = async ({ storage }: OpenPage) => (await storage.runs.list()).value;
const keptState = async ({ storage, store }: OpenPage, id: string) => {
  const { latest } = await storage.runs.open(id);
  if (latest === null) throw new Error('Nothing is kept.');
  return decodeTrainingState(latest.bytes, store.state.spec);
};

beforeEach(() => {
  name = `test-${newRunId()}`;
  pages = [];
});
afterEach(async () => {
  for (const page of pages) await close(page);
  await deleteDB(name);
});

describe('a run', () => {
  it('is kept from its first update on, and goes on where it was at the next visit', async () => {
    const page = await newPage();
    await page.visit();
    expect(page.store.state.keeping).toEqual({ kind: 'nothing-yet' });
    expect(await kept(page)).toEqual([]);
    await page.learn([10, 20, 15]);
    expect(page.store.state.keeping.kind).toBe('kept');
    const { front } = page.store.state;
    await close(page);

    const later = await newPage();
    await later.visit();
    expect(later.store.state.front).toBe(front);
    expect(later.store.state.status).toMatchObject({ policyVersion: 3, decisions: 6144, meanReturn: 15 });
    expect(later.store.state.best).toMatchObject({ meanReturn: 20, version: 2 });
    expect(later.desk.session?.run.history.points).toHaveLength(3);
    expect(later.agent().start.checkpoint).not.toBeNull();
  });

  it('is left as it is by a link, whose settings get a run of their own, the same at each visit', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([400]);
    const own = page.store.state.front;
    const deadly = { learningRate: 0.05 };
    await page.visit(deadly);
    expect(page.store.state.front).not.toBe(own);
    await page.learn([9]);
    const link = page.store.state.front;
    await page.visit();
    expect(page.store.state.front).toBe(own);
    expect(page.store.state.hyperparameters.learningRate).not.toBe(0.05);
    expect((await keptState(page, own)).decisions).toBe(2048);
    await page.visit(deadly);
    expect(page.store.state.front).toBe(link);
  });

  it('stays kept, as it was, when a restart, a file, another seed or another game takes its place', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10, 20]);
    const first = page.store.state.front;
    const { bytes } = await page.desk.exported();
    const ways: (() => Promise<unknown>)[] = [
      () => page.desk.restart(),
      () => page.desk.importRun(bytes, 'From a friend'),
      () => page.desk.applyPatch({ seed: 99 }),
      () => page.desk.visit({ game: 'swing', run: null, settings: null }),
    ];
    for (const way of ways) {
      await way();
      expect(page.store.state.front).not.toBe(first);
      await page.desk.openRun(first);
      expect(page.store.state.status.policyVersion).toBe(2);
    }
    expect((await keptState(page, first)).version).toBe(2);
    expect(page.questions).toEqual([]);
  });

  it('can be held anew as soon as another is in front, however long the browser takes to let it go', async () => {
    const storage = new PageStorage({ name });
    const hold = storage.holdRun.bind(storage);
    const letsGo: (() => void)[] = [];
    storage.holdRun = async (id) => {
      const lock = await hold(id);
      const release = async () => {
        await new Promise<void>((resolve) => letsGo.push(resolve));
        await lock?.release();
      };
      return lock && { ...lock, release };
    };
    const page = await newPage(storage);
    await page.visit();
    await page.learn([10]);
    const first = page.store.state.front;
    let isOver = false;
    const restarted = page.desk.restart().then(() => (isOver = true));
    await expect.poll(() => letsGo).toHaveLength(1);
    expect(page.store.state.front).not.toBe(first);
    expect(isOver).toBe(false);
    letsGo[0]?.();
    await restarted;
    const again = await hold(first);
    expect(again).not.toBeNull();
    await again?.release();
  });

  it('is kept to its newest update when it is left or hidden, though the page was not sent that yet', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const first = page.store.state.front;
    page.agent().sendsAtOnce = false;
    page.agent().learn(20);
    await page.desk.save();
    expect((await keptState(page, first)).version).toBe(2);
    page.agent().learn(30);
    await page.desk.restart();
    expect((await keptState(page, first)).version).toBe(3);
  });

  it('takes in a file as a run of its own, under a name that no other has', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { bytes } = await page.desk.exported();
    await page.desk.importRun(bytes, 'Balance');
    await page.learn([11]);
    const runs = await kept(page);
    expect(runs.map((run) => run.name).sort()).toEqual(['Balance', 'Balance 2']);
    expect(runs.find((run) => run.name === 'Balance 2')).toMatchObject({ origin: 'file', version: 2 });
  });

  it('travels in its file with every series, their spread and marks, and is kept as soon as it arrives', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10, 20]);
    await page.desk.applyPatch({ arenas: 4 });
    page.agent().learn(30, true, null, { entropy: 0.5, returnSpread: 3, winRates: { past: 0.25 } });
    await page.learn([25], 30);
    const before = page.desk.session?.run.history.points;
    expect(before?.[2]).toMatchObject({
      values: { meanReturn: 30, entropy: 0.5, 'winRate.past': 0.25 },
      returnSpread: 3,
      changed: [{ key: 'arenas' }],
    });
    const { bytes } = await page.desk.exported();
    await page.desk.importRun(bytes, 'From a friend');
    const { front, keeping } = page.store.state;
    expect(keeping.kind).toBe('kept');
    expect(page.desk.session?.run.history.points).toEqual(before);
    expect((await page.storage.runs.history(front)).value).toEqual({ points: before, thinned: false });
    expect((await keptState(page, front)).version).toBe(4);
  });

  it('tells in its file, too, that its history is a selection', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10, 20]);
    const { bytes } = await page.desk.exported();
    const { checkpoint, history } = await readRunFile(bytes, ourGames);
    await page.desk.importRun(writeRunFile(checkpoint, { ...history, thinned: true }), 'Long');
    expect(page.desk.session?.run.history.isThinned).toBe(true);
    expect(await page.desk.wholeHistory()).toMatchObject({ thinned: true });
    expect((await kept(page)).find((run) => run.name === 'Long')).toMatchObject({ thinned: true, points: 2 });
    expect((await readRunFile((await page.desk.exported()).bytes, ourGames)).history).toEqual({
      ...history,
      thinned: true,
    });
  });

  it('takes in a file of another game, which it opens', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const own = page.store.state.front;
    const { bytes } = await page.desk.exported();
    await page.desk.visit({ game: 'swing', run: null, settings: null });
    await page.desk.importRun(bytes, 'From a friend');
    expect(page.store.state).toMatchObject({ game: 'balance', name: 'From a friend' });
    expect(page.store.state.front).not.toBe(own);
    await page.learn([11]);
    expect(page.store.state.status.policyVersion).toBe(2);
    expect((await keptState(page, own)).version).toBe(1);
  });

  it('goes on as it was when a file is refused', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { front } = page.store.state;
    await expect(page.desk.importRun(Uint8Array.of(1, 2, 3), 'Broken')).rejects.toThrow(PlaytrainError);
    expect(page.store.state.front).toBe(front);
    expect(page.agents).toHaveLength(1);
  });

  it('that cannot be read stays as it is, to the byte, whatever is done with the one begun in its place', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { front } = page.store.state;
    await close(page);
    const bad = Uint8Array.of(1, 2, 3, 4);
    const raw = await openDB(name);
    await raw.put('checkpoints', bad, [front, 'latest']);
    const later = await newPage();
    await later.visit();
    expect(later.store.state.front).not.toBe(front);
    expect(later.messages().join(' ')).toContain(`“${later.store.state.name}” was begun in its place.`);
    await later.learn([11]);
    await later.desk.applyPatch({ arenas: 4 });
    await later.learn([12]);
    await later.desk.restart();
    expect(await raw.get('checkpoints', [front, 'latest'])).toEqual(bad);
    expect((await kept(later)).map(({ id }) => id)).toContain(front);
    raw.close();
  });

  it('of which a part cannot be read goes on without it, and says so', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { front } = page.store.state;
    await close(page);
    const raw = await openDB(name);
    await raw.put('checkpoints', 'nonsense', [front, 'best']);
    raw.close();
    const later = await newPage();
    await later.visit();
    expect(later.store.state.front).toBe(front);
    expect(later.messages()).toEqual([leftOutTexts.kept('parts of “Balance”')]);
    await later.desk.restart();
    expect(later.messages()).toEqual([]);
  });

  it('is followed by as many others as there is room for: none is ever pushed out', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([400]);
    const first = page.store.state.front;
    for (let seed = 1; seed <= 8; seed++) {
      await page.visit({ seed });
      await page.learn([10]);
    }
    expect(await kept(page)).toHaveLength(9);
    await page.visit();
    expect(page.store.state.front).toBe(first);
  });

  it('keeps its whole history over rebuilds, going back and reloads', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10, 20, 30]);
    await page.desk.applyPatch({ arenas: 4 });
    await page.learn([31, 32]);
    await page.desk.goBack();
    await page.learn([33]);
    const { front } = page.store.state;
    await close(page);
    const later = await newPage();
    await later.visit();
    expect(later.store.state.front).toBe(front);
    const points = later.desk.session?.run.history.points ?? [];
    expect(points.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(points.map(({ values }) => values['meanReturn'])).toEqual([10, 20, 30, 31, 32, 33]);
    expect(points[3]?.changed).toEqual([{ key: 'arenas', from: 32, to: 4 }]);
  });

  it('tells its whole history where the page holds a selection, with what a refused save left on the page', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([1]);
    const { checkpoint, history } = await readRunFile((await page.desk.exported()).bytes, ourGames);
    const all = Array.from({ length: 5_000 }, (_, index) => index + 1);
    const points = all.map((version) => ({ ...history.points[0]!, version, decisions: 2048 * version }));
    const state = { ...decodeTrainingState(checkpoint), version: 5_000, decisions: 2048 * 5_000 };
    await page.desk.importRun(writeRunFile(encodeTrainingState(state), { points, thinned: false }), 'Long');
    expect(page.desk.session?.run.history.points.length).toBeLessThan(5_000);
    const versions = async () => (await page.desk.wholeHistory()).points.map(({ version }) => version);
    expect(await versions()).toEqual(all);
    page.storage.runs.save = () => Promise.reject(new StorageError('full', 'the run'));
    page.agent().learn(5);
    expect(await versions()).toEqual([...all, 5_001]);
    page.storage.runs.history = () => Promise.reject(new StorageError('lost', 'the run'));
    expect((await page.desk.wholeHistory()).thinned).toBe(true);
  });

  it('goes back to its best policy with the settings of then, and forward in time', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([480]);
    await page.desk.applyPatch({ learningRate: 0.05 });
    await page.learn([9, 9], 480);
    await page.desk.goBack();
    expect(page.store.state.hyperparameters.learningRate).not.toBe(0.05);
    await page.learn([479], 480);
    const state = await keptState(page, page.store.state.front);
    expect(state.version).toBe(4);
    expect(state.decisions).toBe(4 * 2048);
    const [start] = [page.agent().start];
    const back = decodeTrainingState(start.checkpoint ?? new Uint8Array(), page.store.state.spec);
    // The weights of update 1, counted on from update 3.
    expect(back.version).toBe(3);
    expect(back.parameters.every((value) => value === 1)).toBe(true);
  });
});

describe('what was told of a run', () => {
  type Way = readonly [
    name: string,
    isAnother: boolean,
    go: (page: OpenPage, before: string) => Promise<void>,
  ];
  const ways: readonly Way[] = [
    ['a restart', true, ({ desk }) => desk.restart()],
    ['a visit', true, ({ visit }) => visit({ seed: 7 })],
    ['another game', true, ({ desk }) => desk.visit({ game: 'swing', run: null, settings: null })],
    ['another kept run', true, ({ desk }, before) => desk.openRun(before)],
    ['a file', true, async ({ desk }) => desk.importRun((await desk.exported()).bytes, 'From a friend')],
    ['settings that begin anew', true, ({ desk }) => desk.applyPatch({ seed: 99 })],
    ['settings that build it anew', false, ({ desk }) => desk.applyPatch({ arenas: 4 })],
    ['going back', false, ({ desk }) => desk.goBack()],
  ];
  it.each(ways)('is over with %s, and what is told of the page is not', async (_, isAnother, go) => {
    const page = await newPage();
    await page.visit();
    await page.learn([5]);
    const before = page.store.state.front;
    await page.visit({ epochs: 3 });
    await page.learn([10]);
    const { driver } = page.desk.session?.arenas ?? {};
    if (driver === undefined) throw new Error('There is no session.');
    driver.takeFaults = () => [
      { message: 'An arena went wrong.' } as ReturnType<typeof driver.takeFaults>[0],
    ];
    driver.wake = () => {
      throw new Error('The game went wrong.');
    };
    page.agent().wakes.next(0);
    page.agent().events.next({ kind: 'warning', message: 'The agent warned.' });
    page.board.tell({ id: 'link', severity: 'info', message: 'Of the run.' }, 'run');
    page.board.tell({ id: 'offline', severity: 'info', message: 'Of the page.' });
    expect(page.store.state.notices.map(({ id }) => id)).toEqual([
      'fault',
      'game',
      'agent',
      'link',
      'offline',
    ]);
    await go(page, before);
    expect(page.messages()).toEqual(isAnother ? ['Of the page.'] : ['Of the run.', 'Of the page.']);
  });

  it('with the same settings as a link is told beside the link’s run, which is another, as long as that is in front', async () => {
    const page = await newPage();
    await page.visit({ epochs: 3 });
    await page.desk.restart();
    await page.learn([10]);
    const own = page.store.state.front;
    await page.visit({ epochs: 3 });
    expect(page.store.state.front).not.toBe(own);
    expect(page.store.state.notices.map(({ actions }) => actions?.map(({ intent }) => intent))).toEqual([
      [{ kind: 'openRun', run: own }],
    ]);
    await page.desk.openRun(own);
    expect(page.messages()).toEqual([]);
  });
});

describe('a person who continues from the best', () => {
  it('finds what was learned since in a run of its own, and the same run at the next visit', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([480]);
    await page.learn([9, 8], 480);
    const { front } = page.store.state;
    const left = await page.desk.continueFromBest();
    expect(left).toMatchObject({ name: 'Balance, update 3', version: 3 });
    await page.learn([479], 480);
    const weights = async (id: string) => [...(await keptState(page, id)).parameters];
    expect(new Set(await weights(left?.id ?? ''))).toEqual(new Set([3]));
    expect(new Set(await weights(front))).toEqual(new Set([4]));
    expect((await kept(page)).map(({ id }) => id)).toEqual([front, left?.id]);
    expect(page.questions).toEqual([]);

    // Nothing was learned since: there is nothing to keep apart.
    page.agent().learn(500, true);
    expect(await page.desk.continueFromBest()).toBeNull();
    expect(await kept(page)).toHaveLength(2);
  });

  it('is asked where it would be lost', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([480]);
    await page.learn([9], 480);
    page.storage.runs.fork = () => Promise.reject(new StorageError('full', 'the run'));
    page.answers.leaves = false;
    await expect(page.desk.continueFromBest()).rejects.toThrow(Declined);
    expect(page.agents).toHaveLength(1);
    page.answers.leaves = true;
    expect(await page.desk.continueFromBest()).toBeNull();
    expect(page.agents).toHaveLength(2);
  });
});

describe('two tabs', () => {
  it('do not both save a run: the second says so, and is kept only as a run of its own', async () => {
    const first = await newPage();
    await first.visit();
    await first.learn([10]);
    const second = await newPage();
    await second.visit();
    const id = first.store.state.front;
    expect(second.store.state.front).toBe(id);
    expect(second.store.state.keeping).toEqual({ kind: 'unsaved', reason: 'elsewhere' });
    expect(second.messages().join(' ')).toContain('another tab');
    await second.learn([11, 12]);
    await second.desk.applyPatch({ arenas: 4 });
    await second.learn([13]);
    expect(second.store.state.keeping).toEqual({ kind: 'unsaved', reason: 'elsewhere' });
    expect((await keptState(first, id)).version).toBe(1);
    expect([first.desk.wouldLose, second.desk.wouldLose]).toEqual([false, true]);

    await second.desk.keepAsAnother();
    await second.learn([14]);
    expect(second.store.state.keeping.kind).toBe('kept');
    expect((await keptState(first, id)).version).toBe(1);
    expect((await keptState(second, second.store.state.front)).version).toBe(5);
    expect(second.messages()).toEqual([]);
  });
});

describe('a page that was put aside and comes back', () => {
  it('holds its run again, and saves on', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    await page.desk.pageIsBack();
    await page.learn([11]);
    expect(page.store.state.keeping.kind).toBe('kept');
    const other = await newPage();
    expect(await other.storage.holdRun(page.store.state.front)).toBeNull();
    expect((await keptState(page, page.store.state.front)).version).toBe(2);
  });

  it('says so where another page has taken its run meanwhile, and changes nothing of it', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { front } = page.store.state;
    await page.desk.session?.run.keeper.held?.release();
    const other = await newPage();
    await other.visit();
    expect(other.store.state.front).toBe(front);
    await page.desk.pageIsBack();
    expect(page.store.state.keeping).toEqual({ kind: 'unsaved', reason: 'elsewhere' });
    await page.learn([11]);
    expect((await keptState(other, front)).version).toBe(1);
    await other.learn([12]);
    expect(other.store.state.keeping.kind).toBe('kept');
  });
});

describe('a run that cannot be saved', () => {
  /** Storage that refuses whatever is asked of its runs. */
  function refusing(): PageStorage {
    const storage = new PageStorage({ name });
    const refuse = () => Promise.reject(new StorageError('full', 'the run'));
    Object.assign(storage.runs, { create: refuse, save: refuse, list: refuse });
    return storage;
  }

  it('learns on, is told of once, and is asked about before it is lost', async () => {
    const page = await newPage(refusing());
    await page.visit();
    await page.learn([10]);
    await page.learn([11]);
    expect(page.store.state.keeping).toMatchObject({ kind: 'failing', reason: 'full' });
    expect(page.messages()).toHaveLength(1);
    page.board.dismiss('keeping');
    await page.learn([12]);
    expect(page.messages()).toEqual([]);

    page.answers.leaves = false;
    const { front } = page.store.state;
    await expect(page.desk.restart()).rejects.toThrow(Declined);
    expect(page.store.state.front).toBe(front);
    expect(page.agent().isDisposed).toBe(false);
    page.answers.leaves = true;
    await page.desk.restart();
    expect(page.store.state.front).not.toBe(front);
    expect(page.questions).toHaveLength(2);
  });

  it('is kept with all that it learned once storage takes it again', async () => {
    const storage = new PageStorage({ name });
    const page = await newPage(storage);
    const window = new EventTarget();
    const asking = askBeforeUnload(window, page.store, page.desk);
    /** Whether the browser asks before the page is closed. */
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const create = storage.runs.create.bind(storage.runs);
    storage.runs.create = () => Promise.reject(new StorageError('full', 'the run'));
    await page.visit();
    expect(asks()).toBe(false);
    await page.learn([10, 11]);
    expect(asks()).toBe(true);
    storage.runs.create = create;
    await page.learn([12]);
    expect(page.store.state.keeping.kind).toBe('kept');
    expect(asks()).toBe(false);
    asking.unsubscribe();
    expect((await storage.runs.history(page.store.state.front)).value.points).toHaveLength(3);
    expect(page.messages()).toEqual([]);
  });
});

it('is saved on though it could not be held for this page at once', async () => {
  const storage = new PageStorage({ name });
  const page = await newPage(storage);
  const hold = storage.holdRun.bind(storage);
  storage.holdRun = () => Promise.reject(new StorageError('full', 'the run'));
  await page.visit();
  await page.learn([10]);
  expect(page.store.state.keeping).toMatchObject({ kind: 'failing', reason: 'full' });
  storage.holdRun = hold;
  await page.learn([11, 12]);
  expect(page.store.state.keeping.kind).toBe('kept');
  const { front } = page.store.state;
  expect((await keptState(page, front)).version).toBe(3);
  expect((await storage.runs.history(front)).value.points.map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(await kept(page)).toHaveLength(1);
});

describe('settings', () => {
  it('that come one after the other do not take each other back', async () => {
    const page = await newPage();
    await page.visit();
    await page.desk.applyPatch({ learningRate: 0.002 });
    await page.desk.applyPatch({ valueClip: true });
    expect(page.store.state.hyperparameters).toMatchObject({ learningRate: 0.002, valueClip: true });
  });

  it('that cannot work are refused with a code, and nothing changes', async () => {
    const page = await newPage();
    await page.visit();
    const before = page.store.state.hyperparameters;
    await page.desk.applyPatch({ minibatchSize: 1_000_000 });
    expect(page.store.state.problems).toMatchObject([{ code: 'out-of-range', key: 'minibatchSize' }]);
    expect(page.store.state.hyperparameters).toBe(before);
  });
});

it('uses another backend where the one that was asked for is not there, and says so', async () => {
  const page = await newPage();
  page.answers.refusal = new PlaytrainError('backend-unavailable', 'There is no WebGL here.');
  await page.visit({ backend: 'webgl' });
  await expect.poll(() => page.agents.length).toBe(2);
  expect(page.agent().start.hyperparameters.backend).toBe('auto');
  expect(page.messages().join(' ')).toContain('Another backend is used instead.');
});

describe('storage that rests for a guest', () => {
  const guest = async (
    { desk, small }: OpenPage,
    keepsNothing: boolean,
    settings: Partial<typeof small> = {},
  ) =>
    desk.receive({
      entry: await ourGames.load('balance'),
      hyperparameters: { ...small, ...settings },
      going: initialGoing,
      name: 'Class',
      keepsNothing,
    });
  /** With which no arenas can be set up. */
  const impossible = { arenas: -1 };

  it('does not rest for one that cannot be set up, of whose agent nothing stays', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    await expect(guest(page, true, impossible)).rejects.toThrow(PlaytrainError);
    expect(page.storage.rests).toBe(false);
    expect(page.agents).toHaveLength(2);
    expect(page.agent().isDisposed).toBe(true);
  });

  it('rests on where another cannot be had in its place', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    const { front } = page.store.state;
    await guest(page, true);
    expect(page.storage.rests).toBe(true);
    page.storage.runs.open = () => Promise.reject(new StorageError('lost', 'the run'));
    await expect(page.desk.openRun(front)).rejects.toThrow(StorageError);
    await expect(page.desk.seeOff()).rejects.toThrow(StorageError);
    expect(page.storage.rests).toBe(true);
    expect(page.store.state.name).toBe('Class');
  });

  it('wakes with the run that comes in its place', async () => {
    const page = await newPage();
    await page.visit();
    await page.learn([10]);
    await guest(page, true);
    expect(await page.desk.seeOff()).toBe(true);
    expect(page.storage.rests).toBe(false);
    await page.learn([11], 10);
    expect((await keptState(page, page.store.state.front)).version).toBe(2);
  });
});

describe('a run that something else on the page has paused', () => {
  const pausedPage = async () => {
    const page = await newPage();
    await page.visit();
    const session = page.desk.session!;
    session.pauseMeanwhile();
    expect(page.store.state.running).toBe(false);
    return { page, session };
  };

  it('goes on as it was going, once that is over', async () => {
    const { page, session } = await pausedPage();
    session.goOn();
    expect(page.store.state.running).toBe(true);
    page.store.patchRun(page.store.state.front, { running: false });
    session.pauseMeanwhile();
    session.goOn();
    session.goOn();
    expect(page.store.state.running).toBe(false);
  });

  it('stays as a person sets it meanwhile', async () => {
    const { page, session } = await pausedPage();
    const { play, pause } = transportFeature({
      store: page.store,
      desk: page.desk,
      isOnCourt: () => false,
    }).intents;
    const { signal } = new AbortController();
    await play?.act({ kind: 'play' }, signal);
    await pause?.act({ kind: 'pause' }, signal);
    session.goOn();
    expect(page.store.state.running).toBe(false);
    session.pauseMeanwhile();
    await play?.act({ kind: 'play' }, signal);
    session.goOn();
    expect(page.store.state.running).toBe(true);
  });

  it('goes on as it was going where it is built anew, and so does one that takes its place', async () => {
    const { page } = await pausedPage();
    await page.desk.rebuild({});
    expect(page.store.state.running).toBe(true);
    page.desk.session!.pauseMeanwhile();
    await page.desk.restart();
    expect(page.store.state.running).toBe(true);
  });

  it('goes on as it was going where it comes back from behind a guest', async () => {
    const { page } = await pausedPage();
    await page.desk.receive({
      entry: await ourGames.load('balance'),
      hyperparameters: page.small,
      going: { ...initialGoing, running: false },
      name: 'Lesson',
      keepsNothing: false,
    });
    expect(page.store.state.running).toBe(false);
    await page.desk.seeOff();
    expect(page.store.state.running).toBe(true);
  });
});
