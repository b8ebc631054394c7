import { expect, it, vi } from 'vitest';
import { PlaytrainError, type Stage } from '../contract';
import { pageState } from '../ui/testing/test-state';
import { GamePicture, type GamePicturePorts } from './game-picture';
import { NoticeBoard } from './shell/notice-board';
import { PageStore } from './shell/page-store';

type Session = NonNullable<ReturnType<GamePicturePorts['session']>>;

/** A picture of a run with arenas whose endings are counted; `arrival` is when, or whether, it is drawn. */
function pictureOf(isBegun: boolean) {
  const { runs, front, ...shell } = pageState();
  const view = runs[front];
  if (view === undefined) throw new Error('There is no run in front.');
  const store = new PageStore(shell, view);
  const takeEndings = vi.fn<() => readonly never[]>(() => []);
  const environment = { agents: 1, arenas: 1 };
  const session = {
    run: { entry: { kind: 'simulated', spec: { game: 'balance' } } },
    arenas: { driver: { environment }, takeEndings },
    view,
  } as unknown as Session;
  const shown: Stage[] = [];
  const screen = {
    arrival: Promise.resolve(),
    showLive: () => Promise.resolve(),
    show(_: string, stage: Stage) {
      shown.push(stage);
      return this.arrival;
    },
  };
  const picture = new GamePicture({
    store,
    board: new NoticeBoard(store, () => {}),
    screen,
    loading: { until: () => {} },
    session: () => (isBegun ? session : null),
    focusArena: () => {},
  });
  const messages = () => store.state.notices.map(({ message }) => message);
  return { picture, shown, screen, takeEndings, messages };
}

it('draws nothing before there is a run', () => {
  const { picture, shown } = pictureOf(false);
  picture.draw();
  expect(shown).toEqual([]);
});

it('draws a match as it is given, and the arenas without what ended in them meanwhile', () => {
  const { picture, shown, takeEndings } = pictureOf(true);
  const match = {} as Stage;
  picture.put('match', match);
  expect(shown).toEqual([match]);
  expect(takeEndings).not.toHaveBeenCalled();
  picture.put('match', null);
  expect(shown).toHaveLength(2);
  expect(takeEndings).toHaveBeenCalledOnce();
});

it('says why it cannot be drawn, until it can', async () => {
  const { picture, screen, messages } = pictureOf(true);
  screen.arrival = Promise.reject(new PlaytrainError('canvas-refused', 'There is no canvas.'));
  picture.draw();
  await expect.poll(messages).toEqual(['There is no canvas.']);
  screen.arrival = Promise.resolve();
  picture.draw();
  await expect.poll(messages).toEqual([]);
});

it('says that the browser took it away, until it is back', () => {
  const { picture, messages } = pictureOf(true);
  picture.tellLost(true);
  expect(messages()).toHaveLength(1);
  picture.tellLost(false);
  expect(messages()).toEqual([]);
});

it('draws what is topmost, whoever comes and goes in whatever order', () => {
  const { picture, shown } = pictureOf(true);
  const stage = () => ({}) as Stage;
  const [served, moment, match] = [stage(), stage(), stage()];
  picture.put('match', match);
  picture.put('served', served);
  picture.put('moment', moment);
  expect(shown).toEqual([match]);
  picture.put('served', null);
  picture.put('match', null);
  expect(shown).toEqual([match, moment]);
  picture.put('served', served);
  picture.put('moment', null);
  expect(shown).toEqual([match, moment, served]);
  picture.put('served', null);
  expect(shown).toHaveLength(4);
});
