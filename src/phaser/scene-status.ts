import type Phaser from 'phaser';

/** `Phaser.Scenes.RUNNING`. */
const running = 5;

/** Whether a scene has been created, and neither sleeps nor was left. */
export function isSceneRunning(scene: Phaser.Scene): boolean {
  return scene.sys.settings.status === running;
}
