import { Subscription } from 'rxjs';
import { expect, it } from 'vitest';
import { type RunRecord, sb3Hyperparameters } from '../../contract';
import { defaultPreferences, type Preferences } from '../../storage/preferences';
import type { UrlLesson, UrlState } from '../../texts/address-notation';
import type { Intent } from '../../ui/shell/page-state';
import { ourGames } from '../games/our-games';
import type { Asked } from '../runs/choose-run';
import { initialGoing, initialView } from '../runs/initial-view';
import { Choices } from './choices';
import { initialShell } from './initial-shell';
import { NoticeBoard } from './notice-board';
import { PageStore } from './page-store';
import { Visits } from './visits';

const entry = await ourGames.load('balance');
const front = 'a-run';
const plain: UrlState = {
  game: 'balance',
  lesson: null,
  run: null,
  hyperparameters: sb3Hyperparameters,
  overrides: {},
  speed: '1',
  locked: false,
  replay: null,
  large: null,
  inspect: null,
  update: null,
  problems: [],
};

interface Left {
  readonly runs?: readonly Partial<RunRecord>[];
  readonly preferences?: Preferences;
  /** Where storage is open only after a while: when it is. */
  readonly late?: Promise<void>;
}

/** A page that is visited at an address, with what earlier visits left; null where storage is closed. */
function visited(address: Partial<UrlState> | null, left: Left | null = {}) {
  const run = { id: front, name: 'Balance', best: null, keeping: { kind: 'nothing-yet' } } as const;
  const view = initialView(run, entry, entry.presets.fast, initialGoing);
  const store = new PageStore(initialShell([]), view);
  const closed = () => Promise.reject(new Error('Storage is closed.'));
  const opened: Asked[] = [];
  const intents: Intent[] = [];
  const lessons: UrlLesson[] = [];
  let shown: UrlState = { ...plain, ...address };
  let typed = () => {};
  let turns = Promise.resolve();
  const visits = new Visits({
    address: {
      isNamed: address !== null,
      isForClass: false,
      read: async () => shown,
      follow: () => new Subscription(),
      onTyped: (listener) => {
        typed = listener;
        return new Subscription();
      },
    },
    store,
    board: new NoticeBoard(store, () => {}),
    storage: {
      rest: () => {},
      runs: {
        list:
          left === null ? closed : async () => ({ value: (left.runs ?? []) as RunRecord[], problems: [] }),
      },
      takeOver: closed,
      opensLate: () => left?.late ?? null,
    },
    choices: new Choices({
      save: async () => {},
      load:
        left === null
          ? closed
          : async () => ({ value: left.preferences ?? defaultPreferences, problems: [] }),
    }),
    desk: {
      visit: async (asked) => {
        opened.push(asked);
      },
    },
    inTurn: (task) => {
      turns = turns.then(task);
    },
    handle: (intent) => intents.push(intent),
    openLesson: async (_asked, lesson) => {
      lessons.push(lesson);
    },
  });
  const type = async (next: Partial<UrlState>) => {
    shown = { ...plain, ...next };
    typed();
    await turns;
  };
  const begin = async () => {
    await visits.begin();
    await turns;
  };
  return { begin, type, opened, store, intents, lessons };
}

it('without an address, opens the run that was opened last', async () => {
  const { begin, opened } = visited(null, {
    runs: [
      { id: 'last', game: 'swing' },
      { id: 'before', game: 'balance' },
    ],
  });
  await begin();
  expect(opened).toEqual([{ game: 'swing', run: 'last', settings: null }]);
});

it('with a lesson in the address, opens that and no run of theirs', async () => {
  const lesson = { id: 'lambda', at: 2, isOwn: false, fixed: [], hidden: [] };
  const page = visited({ lesson }, { runs: [{ id: 'last', game: 'balance' }] });
  await page.begin();
  expect([page.opened, page.lessons]).toEqual([[], [lesson]]);
  await page.type({ lesson: { ...lesson, id: 'clip' } });
  expect(page.lessons.map(({ id }) => id)).toEqual(['lambda', 'clip']);
});

it('with an address, opens what that names', async () => {
  const runs = [{ id: 'last', game: 'swing' }];
  const bare = visited({ game: 'volley' }, { runs });
  await bare.begin();
  expect(bare.opened).toEqual([{ game: 'volley', run: null, settings: null }]);
  const settings = { ...sb3Hyperparameters, seed: 9 };
  const linked = visited({ hyperparameters: settings, overrides: { seed: 9 }, speed: '4' }, { runs });
  await linked.begin();
  expect(linked.opened).toEqual([{ game: 'balance', run: null, settings }]);
  expect(linked.store.state.speed).toBe('4');
});

it('where storage is closed, opens the page with what holds by default', async () => {
  const { begin, opened, store } = visited(null, null);
  await begin();
  expect(opened).toEqual([{ game: 'balance', run: null, settings: null }]);
  expect(store.state.theme).toBe(defaultPreferences.theme);
});

it('shows the page as a person chose it before', async () => {
  const { begin, store } = visited(null, { preferences: { ...defaultPreferences, theme: 'dark' } });
  await begin();
  expect(store.state.theme).toBe('dark');
});

it('locks the settings where the address asks for it, until another does not', async () => {
  const { begin, type, store } = visited({ locked: true });
  await begin();
  expect(store.state.settingsLocked).toBe(true);
  await type({ game: 'swing' });
  expect(store.state.settingsLocked).toBe(false);
});

it('an address that is typed into the open page changes the run that it names, and opens any other', async () => {
  const { begin, type, opened, intents } = visited({});
  await begin();
  await type({ run: front, speed: '16', hyperparameters: { ...entry.presets.fast, epochs: 3 } });
  expect(intents).toEqual([
    { kind: 'speed', speed: '16' },
    { kind: 'settings', patch: { epochs: 3 } },
  ]);
  expect(opened).toHaveLength(1);
  await type({ run: 'another' });
  expect(opened.at(-1)).toEqual({ game: 'balance', run: 'another', settings: null });
});

it('a match that a link carries is watched beside the run that is open, or that was open last of its game', async () => {
  const { begin, type, opened, intents } = visited({ game: 'volley', replay: 'abc' });
  await begin();
  expect(opened).toEqual([{ game: 'volley', run: null, settings: null }]);
  expect(intents).toEqual([{ kind: 'watchShared', text: 'abc' }]);
  // The page that is visited here shows Balance all the while.
  await type({ replay: 'def' });
  expect(opened).toHaveLength(1);
  expect(intents.at(-1)).toEqual({ kind: 'watchShared', text: 'def' });
  await type({ game: 'volley', replay: 'ghi' });
  expect(opened).toHaveLength(2);
  expect(intents.at(-1)).toEqual({ kind: 'watchShared', text: 'ghi' });
});

it('tells what an address says that nobody understands, until there is another one', async () => {
  const { begin, type, store } = visited({ problems: ['One.', 'Two.'] });
  await begin();
  const messages = () => store.state.notices.map(({ message }) => message);
  expect(messages()).toEqual(['One.', 'Two.']);
  await type({ problems: ['Three.'] });
  expect(messages()).toEqual(['Three.']);
});

it('offers the run that was opened last once storage is open, where that took too long', async () => {
  const runs = [{ id: 'last', game: 'swing', name: 'Mine' }];
  const { begin, store } = visited(null, { runs, late: Promise.resolve() });
  await begin();
  const offered = () =>
    store.state.notices.flatMap(({ actions = [] }) => actions.map(({ intent }) => intent));
  await expect.poll(offered).toEqual([{ kind: 'openRun', run: 'last' }]);
});

it('opens a run of its own for a link to a moment, kept runs or not, and then looks there', async () => {
  const place = { step: 7, discount: null, gaeLambda: 0, mistakes: null };
  const { begin, opened, intents } = visited(
    { inspect: place, update: 'abc' },
    { runs: [{ id: 'last', game: 'balance' }] },
  );
  await begin();
  expect(opened).toEqual([{ game: 'balance', run: null, settings: sb3Hyperparameters }]);
  expect(intents).toEqual([{ kind: 'inspectLinked', place, update: 'abc' }]);
});

it('shows large type as the address says, and else as the person chose', async () => {
  const preferences = { ...defaultPreferences, large: true };
  const plainly = visited({ large: false }, { preferences });
  await plainly.begin();
  expect(plainly.store.state.large).toBe(false);
  const own = visited({}, { preferences });
  await own.begin();
  expect(own.store.state.large).toBe(true);
});
