import Phaser from 'phaser';
import { liveGames } from '../../examples/live-games';
import { learn } from '../../src/phaser';
import type { ColdSample } from '../cold-run';

declare global {
  interface Window {
    /** Null until the goal is reached, or learning fails. */
    cold: ColdSample | { readonly failed: string } | null;
  }
}

window.cold = null;
void begin(new URLSearchParams(location.hash.slice(1)));

/** A game as its own page has it, with an agent that begins to learn; the twin tells when the goal is reached. */
async function begin(wish: URLSearchParams): Promise<void> {
  const name = wish.get('game') ?? '';
  const { config, definition, settings } = await liveGames[name]!();
  const twin = () => {
    const worker = new Worker(new URL('./cold-twin.worker.ts', import.meta.url), { type: 'module', name });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== 'object' || data === null || !('episodesToGoal' in data)) return;
      window.cold ??= { seconds: performance.now() / 1_000, episodes: Number(data.episodesToGoal) };
    });
    return worker;
  };
  const agent = learn(new Phaser.Game({ ...config, parent: document.body }), definition, {
    twin,
    settings: { ...settings, seed: Number(wish.get('seed')) },
  });
  agent.events$.subscribe((event) => {
    if (event.kind === 'failed') window.cold ??= { failed: event.message };
  });
}
