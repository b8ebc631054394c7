import { type GameAbout, type GamePresets, PlaytrainError, type Simulation } from '../../contract';
import { balanceAbout } from '../balance/about';
import { balancePresets } from '../balance/presets';
import { balance } from '../balance/simulation';
import type { SceneFactory } from '../scenes/scene-factory';
import { swingAbout } from '../swing/about';
import { swingPresets } from '../swing/presets';
import { swing } from '../swing/simulation';
import { volleyAbout } from '../volley/about';
import { volleyPresets } from '../volley/presets';
import { volley } from '../volley/simulation';

/** A game as the rest knows it. */
export interface GameEntry {
  readonly simulation: Simulation;
  readonly about: GameAbout;
  readonly presets: GamePresets;
  /** Fetches the scene, and Phaser with it, when there is something to draw on. */
  readonly loadScene: () => Promise<SceneFactory>;
}

/** Every game, in the order in which people see them. Adding one is a folder and an entry here. */
export const games: readonly GameEntry[] = [
  {
    simulation: balance,
    about: balanceAbout,
    presets: balancePresets,
    loadScene: async () => (await import('../balance/scene')).createScene,
  },
  {
    simulation: swing,
    about: swingAbout,
    presets: swingPresets,
    loadScene: async () => (await import('../swing/scene')).createScene,
  },
  {
    simulation: volley,
    about: volleyAbout,
    presets: volleyPresets,
    loadScene: async () => (await import('../volley/scene')).createScene,
  },
];

/**
 * The game with this id.
 *
 * @throws PlaytrainError where there is none.
 */
export function findGame(id: string): GameEntry {
  const found = games.find(({ simulation }) => simulation.game === id);
  if (found !== undefined) return found;
  const ids = games.map(({ simulation }) => simulation.game).join(', ');
  throw new PlaytrainError('bad-settings', `There is no game “${id}”; choose one of ${ids}.`);
}
