import type { Simulation } from '../contract';
import { createVectorEnvironment } from '../game/engine/vector-environment';
import type { CollectedGame } from './collector-host';
import type { CollectorStart } from './protocol';

/** A collector's share of a run's arenas, as copies of a simulation. @throws PlaytrainError where they cannot be set up. */
export function simulatedGame(
  simulation: Simulation,
  { share, hyperparameters, decisions }: Pick<CollectorStart, 'share' | 'hyperparameters' | 'decisions'>,
): CollectedGame {
  const { seed } = hyperparameters;
  return {
    environment: createVectorEnvironment(simulation, { ...share, seed, generation: decisions }),
    scripted: simulation.scriptedPlayers ?? [],
  };
}
