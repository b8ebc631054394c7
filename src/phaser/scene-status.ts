import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';

/** `Phaser.Scenes.RUNNING`. */
const running = 5;

/** Whether a scene has been created, and neither sleeps nor was left. */
export function isSceneRunning(scene: Phaser.Scene): boolean {
  return scene.sys.settings.status === running;
}

/**
 * Resolves once the scene has been created and runs.
 *
 * @throws PlaytrainError `bad-environment` where the game has no such scene, or is destroyed before.
 */
export function sceneRuns(game: Phaser.Game, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (message: string) => {
      leave();
      reject(new PlaytrainError('bad-environment', message));
    };
    const look = () => {
      const scene = game.scene.getScene(key) as Phaser.Scene | null;
      if (scene === null) {
        const there = Object.keys(game.scene.keys).join(', ');
        refuse(`The game has no scene “${key}”; its scenes are: ${there}.`);
      } else if (isSceneRunning(scene)) {
        leave();
        resolve();
      }
    };
    const gone = () => refuse(`The game was destroyed before its scene “${key}” ran.`);
    const leave = () => {
      game.events.off('poststep', look);
      game.events.off('destroy', gone);
    };
    game.events.on('poststep', look);
    game.events.on('destroy', gone);
  });
}
