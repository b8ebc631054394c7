import Phaser from 'phaser';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { fox } from '../examples/runner/fox.agent';
import { type RunnerScene, runnerConfig } from '../examples/runner/runner';
import { runnerSettings } from '../examples/runner/settings';
import { trajectoryHash } from '../examples/runner/trajectory-hash';
import { type LearningAgent, learn } from '../src/phaser';
import { gatherAssets } from '../src/phaser/assets/gather-assets';
import { sceneRuns } from '../src/phaser/scene-status';
import { placeForGame } from './testing/place-for-game';

let agent: LearningAgent | null = null;
let game: Phaser.Game | null = null;
afterEach(() => {
  agent?.dispose();
  game?.destroy(true);
});

const started = () => new Phaser.Game({ ...runnerConfig, parent: placeForGame() });

describe('a fox in a level from a file', () => {
  it('sees the same to the bit in a worker that loads nothing as in Node, every time', async () => {
    game = started();
    await sceneRuns(game, fox.scene);
    const worker = new Worker(new URL('./testing/runner-trajectory.worker.ts', import.meta.url), {
      type: 'module',
    });
    const seen = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ seed: 1, assets: gatherAssets(game!) });
    });
    worker.terminate();
    expect(seen).toMatchObject({ hashes: [trajectoryHash, trajectoryHash], faults: [] });
  });

  it('learns in its game’s twin, and runs in the game that is seen', async () => {
    game = started();
    agent = learn(game, fox, {
      twin: (name) =>
        new Worker(new URL('../examples/runner/twin.ts', import.meta.url), { type: 'module', name }),
      settings: runnerSettings,
    });
    const learned = agent.events$.pipe(
      filter(
        (event) =>
          event.kind === 'failed' || (event.kind === 'updated' && (event.metrics.meanReturn ?? 0) > 2),
      ),
    );
    expect(await firstValueFrom(learned)).toMatchObject({ kind: 'updated' });
    const scene = game.scene.getScene<RunnerScene>(fox.scene);
    await expect.poll(() => scene.hero.sprite.x, { timeout: 20_000 }).toBeGreaterThan(320);
  });
});
