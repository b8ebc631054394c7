import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import type { Intent, PageState } from '../shell/page-state';
import { ShownPage } from '../testing/shown-page';
import { courtState, duelPage, pageState } from '../testing/test-state';

let shown: ShownPage;
let intents: Intent[];

/** Opens the page, whose gallery opens and closes as asked for, and nothing else happens. */
async function show(state: PageState): Promise<void> {
  shown = new ShownPage(state);
  shown.intents$.subscribe((intent) => {
    intents.push(intent);
    if (intent.kind !== 'gallery') return;
    shown.state$.next({
      ...shown.state$.value,
      gallery: { ...shown.state$.value.gallery, isOpen: intent.open },
    });
  });
  await expect.poll(opener).not.toBeNull();
}

const dialog = () => shown.root.querySelector<HTMLDialogElement>('dialog.gallery');
const opener = () => shown.root.querySelector<HTMLElement>('.game-button') as HTMLElement;
const cards = () => [...shown.root.querySelectorAll<HTMLElement>('.gallery-card')];
const focused = () => (document.activeElement as HTMLElement | null)?.dataset['game'];
async function isOpen(): Promise<void> {
  await expect.poll(() => dialog()?.open).toBe(true);
}
async function isClosed(): Promise<void> {
  await expect.poll(dialog).toBeNull();
}

beforeEach(() => {
  intents = [];
});
afterEach(() => shown.dispose());

describe('the gallery of games', () => {
  beforeEach(() => show(duelPage({}, { game: 'balance', play: null })));

  it('opens by the button that names the game, and by a key; the present game has the focus', async () => {
    expect(opener().ariaLabel).toBe('Game: Balance. Choose another.');
    await userEvent.click(opener());
    await isOpen();
    expect(cards().map(({ dataset }) => dataset['game'])).toEqual(['balance', 'swing', 'volley']);
    expect(focused()).toBe('balance');
    expect(cards().map(({ ariaCurrent }) => ariaCurrent)).toEqual(['true', null, null]);
    await userEvent.keyboard('{Escape}');
    await isClosed();
    await userEvent.keyboard('g');
    await isOpen();
  });

  it('gives the focus back to what opened it, by whichever way it is closed', async () => {
    for (const leave of [
      () => userEvent.keyboard('{Escape}'),
      () => userEvent.click(dialog()?.querySelector('[aria-label="Close"]') as HTMLElement),
      async () => dialog()?.click(),
      () => userEvent.click(cards()[0] as HTMLElement),
    ]) {
      opener().focus();
      await userEvent.keyboard('{Enter}');
      await isOpen();
      await leave();
      await isClosed();
      expect(document.activeElement).toBe(opener());
    }
    // The game that is on the page is no other one.
    expect(intents.filter(({ kind }) => kind !== 'gallery' && kind !== 'previewGame')).toEqual([]);
  });

  it('is walked by arrow keys, and chooses by Enter', async () => {
    await userEvent.click(opener());
    await isOpen();
    await userEvent.keyboard('{ArrowRight}');
    expect(focused()).toBe('swing');
    await userEvent.keyboard('{End}');
    expect(focused()).toBe('volley');
    await userEvent.keyboard('{ArrowLeft}{Enter}');
    await isClosed();
    expect(intents.filter(({ kind }) => kind !== 'gallery' && kind !== 'previewGame')).toEqual([
      { kind: 'chooseGame', game: 'swing' },
    ]);
  });

  it('keeps the page’s keys to itself as long as it is open', async () => {
    await userEvent.click(opener());
    await isOpen();
    await userEvent.keyboard('t1');
    expect(intents.filter(({ kind }) => kind !== 'gallery' && kind !== 'previewGame')).toEqual([]);
  });

  it('fits a phone, a desktop and a projector', async () => {
    await userEvent.click(opener());
    await isOpen();
    const columns: number[] = [];
    for (const [width, height] of [
      [320, 568],
      [360, 740],
      [1280, 800],
      [2560, 1440],
    ] as const) {
      await browser.viewport(width, height);
      const body = dialog() as HTMLElement;
      expect(body.scrollWidth).toBeLessThanOrEqual(body.clientWidth);
      const tops = cards().map((card) => card.getBoundingClientRect().top);
      columns.push(tops.filter((top) => top === tops[0]).length);
    }
    expect(columns).toEqual([1, 1, 3, 3]);
  });
});

it('a match waits while the gallery is looked at', async () => {
  await show(duelPage({ court: courtState() }));
  await userEvent.click(opener());
  await isOpen();
  expect(intents).toContainEqual({ kind: 'pauseMatch', on: true });
});

it('names each game’s summary, and what is new in it, to who hears the page', async () => {
  const state = pageState();
  const [first, ...others] = state.games;
  if (first === undefined) throw new Error('There is no game.');
  await show({ ...state, games: [{ ...first, about: { ...first.about, novelty: 'A wheel.' } }, ...others] });
  await userEvent.click(opener());
  await isOpen();
  const told = cards().map((card) =>
    (card.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  );
  expect(told).toEqual(['Keep Balance going. A wheel.', 'Keep Swing going.']);
});
