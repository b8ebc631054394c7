import type { SceneFactory } from './scenes/scene-factory';

/** Fetches a game's scene, and Phaser with it, when there is something to draw on. */
export async function loadScene(game: string): Promise<SceneFactory> {
  const module = (await import(`./${game}/scene.ts`)) as { readonly createScene: SceneFactory };
  return module.createScene;
}
