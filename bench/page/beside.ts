import Phaser from 'phaser';
import { liveGames } from '../../examples/live-games';
import { learn } from '../../src/phaser';

declare global {
  interface Window {
    /** What the page waits for has come about, or why it does not. */
    beside: 'ready' | { readonly failed: string } | null;
  }
}

window.beside = null;
void begin(new URLSearchParams(location.hash.slice(1)));

/** A game as its own page has it: alone, or with an agent that learns in its twin and has been updated. */
async function begin(wish: URLSearchParams): Promise<void> {
  const name = wish.get('game') ?? '';
  const { config, definition, settings } = await liveGames[name]!();
  const game = new Phaser.Game({ ...config, parent: document.body });
  if (wish.get('learning') === null) {
    game.events.once('poststep', () => {
      window.beside = 'ready';
    });
    return;
  }
  const twin = () => new Worker(new URL('./cold-twin.worker.ts', import.meta.url), { type: 'module', name });
  learn(game, definition, { twin, ...(settings && { settings }) }).events$.subscribe((event) => {
    if (event.kind === 'updated') window.beside ??= 'ready';
    if (event.kind === 'failed') window.beside = { failed: event.message };
  });
}
