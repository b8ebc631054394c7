import './stand-ins';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { endHeadless, startHeadless } from './headless-game';
import { sceneRuns } from './scene-status';

class Waiting extends Phaser.Scene {
  constructor() {
    super({ key: 'Waiting', active: false });
  }
}
class First extends Phaser.Scene {
  constructor() {
    super('First');
  }
}
const opened = () => startHeadless({ width: 10, height: 10, scene: [First, Waiting] }, 1);
const stepMs = 1_000 / 60;

describe('whoever waits for a scene', () => {
  it('goes on once it runs', async () => {
    const game = await opened();
    const runs = sceneRuns(game, 'Waiting');
    game.headlessStep(stepMs, stepMs);
    game.scene.start('Waiting');
    game.headlessStep(2 * stepMs, stepMs);
    await expect(runs).resolves.toBeUndefined();
    endHeadless(game);
  });

  it('is told where there is none of that name', async () => {
    const game = await opened();
    const runs = sceneRuns(game, 'Lost');
    game.headlessStep(stepMs, stepMs);
    await expect(runs).rejects.toThrow(/no scene “Lost”; its scenes are: First, Waiting/);
    endHeadless(game);
  });

  it('is told where the game is destroyed before', async () => {
    const game = await opened();
    const runs = sceneRuns(game, 'Waiting');
    game.headlessStep(stepMs, stepMs);
    endHeadless(game);
    await expect(runs).rejects.toThrow(/destroyed before its scene “Waiting” ran/);
  });
});
