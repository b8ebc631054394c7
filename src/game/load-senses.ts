import { loadModule, type Senses } from '../contract';
import type { SceneFrame } from './scenes/scene-frame';

/** Where what is sensed of a game lies, and where its picture does. @throws PlaytrainError `not-loaded`. */
export async function loadSenses(game: string): Promise<{ senses: Senses; sceneFrame: SceneFrame }> {
  const [{ senses }, { sceneFrame }] = await loadModule('What the game’s agent senses', () =>
    Promise.all([
      import(`./${game}/senses.ts`) as Promise<{ readonly senses: Senses }>,
      import(`./${game}/scene-frame.ts`) as Promise<{ readonly sceneFrame: SceneFrame }>,
    ]),
  );
  return { senses, sceneFrame };
}
