import { DecisionBatch, decisionShape, type Simulation } from '../../contract';
import { hashBytes, hashText } from './state-hash';
import { createVectorEnvironment } from './vector-environment';

/**
 * The hash of three arenas' states after 2,000 ticks under actions that follow from tick, agent and the number's place
 * in the action alone, as text. It must be the same in every engine and stay the same while the rules do.
 */
export function goldenTrajectory(
  simulation: Simulation,
  actionAt: (tick: number, agent: number, component: number) => number,
): string {
  const arenas = 3;
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
  const { agents, actionSize } = batch.shape;
  for (let tick = 0; tick < 2000; tick++) {
    // Taken every tick, so that an arena which begins anew goes on at once.
    environment.takeDecision(batch);
    for (let agent = 0; agent < agents; agent++) {
      for (let component = 0; component < actionSize; component++) {
        batch.actions[agent * actionSize + component] = actionAt(tick, agent, component);
      }
    }
    environment.applyActions(batch.actions);
    environment.tick();
  }
  return hashText(hashBytes(environment.states));
}
