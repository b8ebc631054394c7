import { beforeEach, expect, it } from 'vitest';
import { PlaytrainError } from '../../contract';
import type { Intent } from '../../ui/shell/page-state';
import { pageState } from '../../ui/testing/test-state';
import { inTurn, now, overtaking } from '../feature';
import { Declined } from '../runs/gate';
import { Dispatcher } from './dispatcher';
import { initialShell } from './initial-shell';
import { NoticeBoard } from './notice-board';
import { PageStore } from './page-store';
import { toldOn } from './told-on';

let store: PageStore;
let board: NoticeBoard;
/** What the next attempt comes to; null where it goes well. */
let outcome: Error | null;
let dispatcher: Dispatcher;
const attempt = async () => {
  if (outcome !== null) throw outcome;
};
const handlers = {
  restart: inTurn<unknown>(attempt),
  exportRun: now<unknown>(attempt),
  openRun: overtaking<unknown>(attempt),
};
const intents: Readonly<Record<keyof typeof handlers, Intent>> = {
  restart: { kind: 'restart' },
  exportRun: { kind: 'exportRun' },
  openRun: { kind: 'openRun', run: 'another' },
};
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
async function ask(kind: keyof typeof handlers, next: Error | null): Promise<readonly string[]> {
  outcome = next;
  dispatcher.handle(intents[kind]);
  await settled();
  return store.state.notices.map(({ id }) => id);
}

beforeEach(() => {
  const { runs, front, games } = pageState();
  const view = runs[front];
  if (view === undefined) throw new Error('There is no run.');
  store = new PageStore(initialShell(games), view);
  board = new NoticeBoard(store, () => {});
  dispatcher = new Dispatcher([{ intents: handlers }], toldOn(board));
});

it.each(['restart', 'exportRun', 'openRun'] as const)(
  'tells that %s failed until the same goes well, and no longer',
  async (kind) => {
    expect(await ask(kind, new PlaytrainError('bad-file', 'It broke.'))).toEqual([kind]);
    const other = kind === 'exportRun' ? 'restart' : 'exportRun';
    expect(await ask(other, null)).toEqual([kind]);
    expect(await ask(kind, null)).toEqual([]);
  },
);

it('tells no more of what failed once another run is shown', async () => {
  expect(await ask('openRun', new Error('It broke.'))).toEqual(['openRun']);
  dispatcher.turns.add(() => Promise.reject(new Error('That broke, too.')));
  await settled();
  expect(store.state.notices.map(({ id }) => id)).toEqual(['openRun', 'page']);
  board.ended('run');
  expect(store.state.notices).toEqual([]);
});

it('tells nothing of what a person decided otherwise', async () => {
  expect(await ask('restart', new Declined('The person stays.'))).toEqual([]);
});

it('refuses two features for one kind, and an intent that nobody handles', () => {
  const feature = { intents: { restart: handlers.restart } };
  expect(() => new Dispatcher([feature, feature], toldOn(board))).toThrow('restart');
  expect(() => dispatcher.handle({ kind: 'undo' })).toThrow('undo');
});
