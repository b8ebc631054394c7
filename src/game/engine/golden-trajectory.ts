import type { Simulation } from '../../contract';
import { hashBytes, hashText } from './state-hash';
import { createVectorEnvironment } from './vector-environment';

/**
 * The hash of three arenas' states after 2,000 ticks under actions that follow from tick and arena alone, as text.
 * It must be the same in every engine and stay the same while the rules do.
 */
export function goldenTrajectory(
  simulation: Simulation,
  actionAt: (tick: number, arena: number) => number,
): string {
  const arenas = 3;
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const action = new Float32Array(1);
  for (let tick = 0; tick < 2000; tick++) {
    for (let arena = 0; arena < arenas; arena++) {
      action[0] = actionAt(tick, arena);
      environment.applyAction(arena, action);
    }
    environment.tick();
  }
  return hashText(hashBytes(environment.states));
}
