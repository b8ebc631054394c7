import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { bird } from '../../examples/flap/bird.agent';
import { flapConfig } from '../../examples/flap/flap';
import { type ShownPanel, showPanel } from './show-panel';

let panel: ShownPanel | null = null;
let game: Phaser.Game | null = null;
let places: readonly HTMLElement[] = [];
afterEach(() => {
  panel?.dispose();
  game?.destroy(true);
  // What stays on the page is in the way of the files after this one.
  for (const place of places) place.remove();
});

function placeOnPage(): HTMLElement {
  const place = document.createElement('div');
  places = [...places, place];
  document.body.append(place);
  return place;
}

/** A panel beside a game of Flap, with a twin of one kind or another. @returns what its page tells. */
async function opened(twin: (name: string) => Worker) {
  const [place, parent] = [placeOnPage(), placeOnPage()];
  parent.style.cssText = 'width: 400px; height: 700px';
  game = new Phaser.Game({ ...flapConfig, parent: place });
  panel = await showPanel(game, bird, { parent, twin });
  const page = parent.querySelector('iframe')?.contentWindow;
  if (page === null || page === undefined) throw new Error('There is no frame.');
  const button = (name: string) =>
    [...page.document.querySelectorAll('button')].find(
      (each) => each.textContent.includes(name) || each.ariaLabel === name,
    );
  /** Once there is a button of that name. */
  const press = async (name: string) => {
    await expect.poll(() => button(name), { timeout: 10_000 }).toBeDefined();
    button(name)?.click();
  };
  return { parent, page, state: () => page.playtrain?.state(), press };
}

it('a whole panel beside somebody’s game learns, pauses and hands over, and leaves nothing behind', async () => {
  const { parent, page, state, press } = await opened(
    (name) => new Worker(new URL('../../examples/flap/twin.ts', import.meta.url), { type: 'module', name }),
  );
  await expect.poll(() => state()?.status.policyVersion, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(state()?.notices).toEqual([]);

  await press('Take over');
  await expect.poll(() => state()?.focusPlayer, { timeout: 10_000 }).toBe('person');
  await press('Pause');
  await expect.poll(() => state()?.status.phase, { timeout: 10_000 }).toBe('paused');
  const ticks = page.playtrain?.ticks();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(page.playtrain?.ticks()).toBe(ticks);

  panel?.dispose();
  panel = null;
  expect(parent.childElementCount).toBe(0);
  const { frame } = game!.loop;
  await expect.poll(() => game?.loop.frame).toBeGreaterThan(frame);
});

it('a panel whose place is not on the page is refused, and the game keeps its keys', async () => {
  game = new Phaser.Game({ ...flapConfig, parent: placeOnPage() });
  const shown = showPanel(game, bird, {
    parent: document.createElement('div'),
    twin: () => {
      throw new Error('Nobody is to ask for it.');
    },
  });
  await expect(shown).rejects.toThrow(/`parent` of showPanel is not on the page/);
  const scene = game.scene.getScene<Phaser.Scene>('FlapScene');
  let heard = 0;
  await expect.poll(() => scene.input?.keyboard).toBeTruthy();
  scene.input.keyboard!.on('keydown', () => (heard += 1));
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', keyCode: 65 }));
  await expect.poll(() => heard).toBe(1);
});

it('a game that is destroyed before its panel is taken away keeps nobody from that', async () => {
  const { parent } = await opened(
    (name) => new Worker(new URL('../../examples/flap/twin.ts', import.meta.url), { type: 'module', name }),
  );
  const destroyed = new Promise((resolve) => game!.events.once('destroy', resolve));
  game!.destroy(true);
  game = null;
  await destroyed;
  panel?.dispose();
  panel = null;
  expect(parent.childElementCount).toBe(0);
});

it('a game whose twin is of no use learns in its page, which says why, and can be paused and played there', async () => {
  const mislaid = URL.createObjectURL(new Blob(["throw new Error('The level is mislaid.')"]));
  const { page, state, press } = await opened((name) => new Worker(mislaid, { name }));
  const twin = () => state()?.notices.filter(({ id }) => id === 'twin');
  await expect.poll(twin, { timeout: 20_000 }).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: expect.stringMatching(/in its page.*mislaid/),
    }),
  ]);
  const decisions = () => state()?.status.decisions ?? 0;
  // A run that was kept goes on from where it was.
  const before = decisions();
  await expect.poll(decisions, { timeout: 20_000 }).toBeGreaterThan(before);

  await press('Take over');
  await expect.poll(() => state()?.focusPlayer, { timeout: 10_000 }).toBe('person');
  await press('Pause');
  await expect.poll(() => state()?.status.phase, { timeout: 10_000 }).toBe('paused');
  const [ticks, learned] = [page.playtrain?.ticks(), decisions()];
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(page.playtrain?.ticks()).toBe(ticks);

  await press('Play');
  // Whoever answers counts what is asked, from one turn of a person's to the next.
  for (let turn = 0; turn < 2; turn++) {
    await press('Hand back');
    await expect.poll(() => state()?.focusPlayer, { timeout: 10_000 }).toBe('newest');
    await press('Take over');
    await expect.poll(() => state()?.focusPlayer, { timeout: 10_000 }).toBe('person');
  }
  await press('Hand back');
  await expect.poll(decisions, { timeout: 10_000 }).toBeGreaterThan(learned);
  expect(state()?.notices.filter(({ id }) => id === 'agent')).toEqual([]);
});
