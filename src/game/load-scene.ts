import { loadModule } from '../contract';
import type { SceneFactory } from './scenes/scene-factory';

/**
 * Fetches a game's scene, and Phaser with it, when there is something to draw on.
 *
 * @throws PlaytrainError `not-loaded` where it does not come.
 */
export async function loadScene(game: string): Promise<SceneFactory> {
  const { createScene } = await loadModule(
    'The game’s picture',
    () => import(`./${game}/scene.ts`) as Promise<{ readonly createScene: SceneFactory }>,
  );
  return createScene;
}
