import { loadGame } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { SimulatedGame } from './page-game';

/** A simulation of the catalogue, as the page knows it. @throws as `PageGames.load`. */
export async function simulatedGame(id: string): Promise<SimulatedGame> {
  const { about, presets, simulation } = await loadGame(id);
  return { kind: 'simulated', about, presets, simulation, spec: environmentSpec(simulation) };
}
