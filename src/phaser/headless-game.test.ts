import './stand-ins';
import Phaser from 'phaser';
import { expect, it } from 'vitest';
import { startHeadless } from './headless-game';

it('a game that paints its own textures runs where nothing is drawn', async () => {
  class Painted extends Phaser.Scene {
    create(): void {
      const texture = this.textures.createCanvas('face', 40, 30)!;
      texture.getContext().fillRect(0, 0, 40, 30);
      texture.refresh();
      this.add.image(0, 0, 'face');
    }
  }
  const game = await startHeadless({ width: 100, height: 100, scene: Painted }, 1);
  game.loop.stop();
  game.headlessStep(0, 1000 / 60);
  const [image] = game.scene.getScenes(true)[0]!.children.list as Phaser.GameObjects.Image[];
  expect([image?.width, image?.height]).toEqual([40, 30]);
});

it('a game runs that is to fill an element of its page, as large as a page of the usual size', async () => {
  class Filling extends Phaser.Scene {}
  const scale = { parent: 'game', fullscreenTarget: 'game', width: '50%', height: '100%' };
  const game = await startHeadless({ scale, scene: Filling }, 1);
  expect([game.scale.width, game.scale.height]).toEqual([512, 768]);
});

it('a game whose first scene throws is destroyed, and tells what that threw', async () => {
  let isDestroyed = false;
  class Broken extends Phaser.Scene {
    create(): void {
      this.game.events.once('destroy', () => (isDestroyed = true));
      throw new Error('The level is mislaid.');
    }
  }
  await expect(startHeadless({ width: 10, height: 10, scene: Broken }, 1)).rejects.toThrow(/mislaid/);
  expect(isDestroyed).toBe(true);
});
