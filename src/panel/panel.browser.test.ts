import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { bird } from '../../examples/flap/bird.agent';
import { flapConfig } from '../../examples/flap/flap';
import { type ShownPanel, showPanel } from './show-panel';

let panel: ShownPanel | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  panel?.dispose();
  game?.destroy(true);
});

it('a whole panel beside somebody’s game learns, pauses and hands over, and leaves nothing behind', async () => {
  const [place, parent] = [document.createElement('div'), document.createElement('div')];
  parent.style.cssText = 'width: 400px; height: 700px';
  document.body.append(place, parent);
  game = new Phaser.Game({ ...flapConfig, parent: place });
  panel = await showPanel(game, bird, {
    parent,
    twin: (name) =>
      new Worker(new URL('../../examples/flap/twin.ts', import.meta.url), { type: 'module', name }),
  });
  const page = parent.querySelector('iframe')?.contentWindow;
  if (page === null || page === undefined) throw new Error('There is no frame.');
  const state = () => page.playtrain?.state();
  await expect.poll(() => state()?.status.policyVersion, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(state()?.notices).toEqual([]);

  const button = (name: string) =>
    [...page.document.querySelectorAll('button')].find(
      (each) => each.textContent.includes(name) || each.ariaLabel === name,
    );
  button('Take over')?.click();
  await expect.poll(() => state()?.focusPlayer).toBe('person');
  button('Pause')?.click();
  await expect.poll(() => state()?.status.phase).toBe('paused');
  const ticks = page.playtrain?.ticks();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(page.playtrain?.ticks()).toBe(ticks);

  panel.dispose();
  panel = null;
  expect(parent.childElementCount).toBe(0);
  const { frame } = game.loop;
  await expect.poll(() => game?.loop.frame).toBeGreaterThan(frame);
});
