import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';

/** `Phaser.Scenes.RUNNING`. */
const running = 5;

/** Whether a scene has been created, and neither sleeps nor was left. */
export function isSceneRunning(scene: Phaser.Scene): boolean {
  return scene.sys.settings.status === running;
}

/** Resolves once the scene has been created and runs. */
export function sceneRuns(game: Phaser.Game, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const scene = game.scene.getScene(key) as Phaser.Scene | null;
      if (scene === null) {
        game.events.off('poststep', look);
        const there = Object.keys(game.scene.keys).join(', ');
        reject(
          new PlaytrainError('bad-environment', `The game has no scene “${key}”; its scenes are: ${there}.`),
        );
      } else if (isSceneRunning(scene)) {
        game.events.off('poststep', look);
        resolve();
      }
    };
    game.events.on('poststep', look);
  });
}
