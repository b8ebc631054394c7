import { beforeEach, describe, expect, it } from 'vitest';
import { pageState } from '../../ui/testing/test-state';
import { initialShell } from './initial-shell';
import { NoticeBoard } from './notice-board';
import { PageStore } from './page-store';

let store: PageStore;
let board: NoticeBoard;
let timers: (() => void)[];
const shown = () => store.state.notices.map(({ message }) => message);
const warn = (message: string) => ({ id: 'a', severity: 'warning', message }) as const;

beforeEach(() => {
  const { runs, front, games } = pageState();
  const view = runs[front];
  if (view === undefined) throw new Error('no run');
  store = new PageStore(initialShell(games), view);
  timers = [];
  board = new NoticeBoard(store, (task) => timers.push(task));
});

describe('a notice', () => {
  it('takes the place of the one before with its id', () => {
    board.tell(warn('First.'));
    board.tell(warn('Second.'));
    expect(shown()).toEqual(['Second.']);
  });

  it('that is good news goes by itself, and takes no later one with it', () => {
    board.inform('a', 'Good.');
    board.inform('a', 'Better.');
    board.tell(warn('Bad.'));
    timers[0]?.();
    expect(shown()).toEqual(['Better.', 'Bad.']);
    timers[1]?.();
    expect(shown()).toEqual(['Bad.']);
  });

  it('of a state that lasts is told once, and again only after it had gone well', () => {
    board.tellOnce(warn('Full.'));
    board.tellOnce(warn('Still full.'));
    expect(shown()).toEqual(['Full.']);
    board.dismiss('a');
    board.tellOnce(warn('Still full.'));
    expect(shown()).toEqual([]);
    board.settled('a');
    board.tellOnce(warn('Full once more.'));
    expect(shown()).toEqual(['Full once more.']);
  });

  it('goes when what it was about went well', () => {
    board.tell({ id: 'link-0', severity: 'warning', message: 'One.' });
    board.tell({ id: 'link-1', severity: 'warning', message: 'Two.' });
    board.tell({ id: 'other', severity: 'error', message: 'Three.' });
    board.settledAll('link-');
    expect(shown()).toEqual(['Three.']);
  });

  it('goes with what it was about, and with what that was part of; it may be told anew', () => {
    const subjects = ['page', 'game', 'run', 'session', 'court'] as const;
    const tellAll = () => {
      for (const id of subjects) board.tellOnce({ id, severity: 'warning', message: id }, id);
    };
    tellAll();
    board.dismiss('session');
    board.ended('session');
    expect(shown()).toEqual(['page', 'game', 'run', 'court']);
    tellAll();
    board.ended('court');
    board.ended('run');
    expect(shown()).toEqual(['page', 'game']);
    tellAll();
    board.ended('game');
    expect(shown()).toEqual(['page']);
  });
});
