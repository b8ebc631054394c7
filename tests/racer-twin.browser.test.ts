import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../examples/racer/driver.agent';
import { type RaceScene, racerConfig } from '../examples/racer/racer';
import { racerSettings } from '../examples/racer/settings';
import { type LearningAgent, learn } from '../src/phaser';
import { placeForGame } from './testing/place-for-game';

let agent: LearningAgent | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  agent?.dispose();
  game?.destroy(true);
});

describe('sixteen cars', () => {
  it('see the same to the bit in a worker, every time', async () => {
    const worker = new Worker(new URL('./testing/racer-trajectory.worker.ts', import.meta.url), {
      type: 'module',
    });
    const compared = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.terminate();
    expect(compared).toMatchObject({ isSame: true, faults: [] });
  });

  it('learn in their game’s twin, and drive in the game that is seen', async () => {
    game = new Phaser.Game({ ...racerConfig, parent: placeForGame() });
    agent = learn(game, driver, {
      twin: (name) =>
        new Worker(new URL('../examples/racer/twin.ts', import.meta.url), { type: 'module', name }),
      settings: racerSettings,
    });
    // The first wall is met after a length of 3 or so by those who have learned nothing.
    const learned = agent.events$.pipe(
      filter(
        (event) =>
          event.kind === 'failed' || (event.kind === 'updated' && (event.metrics.meanReturn ?? 0) > 12),
      ),
    );
    expect(await firstValueFrom(learned)).toMatchObject({ kind: 'updated' });
    const { cars } = game.scene.getScene<RaceScene>('RaceScene');
    const farthest = () => Math.max(...cars.map(({ drivenPx }) => drivenPx));
    await expect.poll(farthest, { timeout: 20_000 }).toBeGreaterThan(600);
  });
});
