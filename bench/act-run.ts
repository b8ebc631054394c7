import { Actor } from '../src/agent/actor';
import { initialiseParameters, policyLayout } from '../src/agent/policy';
import { type ActingBackend, DecisionBatch, decisionShape } from '../src/contract';
import { loadGame } from '../src/game/catalogue';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import { SeededRandom } from '../src/random/seeded-random';

/**
 * How long the actor computes for one decision of all the arenas that the page opens with, environment not counted.
 *
 * @param acting what the policy is computed with.
 * @param clock wall time, milliseconds.
 * @returns microseconds a decision batch.
 */
export async function actMicroseconds(
  decisions: number,
  acting: ActingBackend,
  clock: () => number,
): Promise<number> {
  const { simulation, presets } = await loadGame('balance');
  const { arenas } = presets.fast;
  const environment = createVectorEnvironment(simulation, { arenas, seed: 1 });
  const { spec } = environment;
  const layout = policyLayout(spec, presets.fast);
  const parameters = initialiseParameters(layout, SeededRandom.fromSeed(1), 0);
  const actor = new Actor({
    spec,
    hyperparameters: presets.fast,
    snapshot: { version: 0, parameters },
    acting,
  });
  const batch = new DecisionBatch(decisionShape(spec, arenas));
  let busyMs = 0;
  for (let number = 0; number < decisions; number++) {
    environment.takeDecision(batch);
    batch.number = number;
    const startMs = clock();
    const full = actor.observe(batch, startMs);
    actor.act(batch);
    busyMs += clock() - startMs;
    if (full !== null) actor.takeBack(full.rollout.buffer);
    environment.applyActions(batch.actions);
    environment.tick();
  }
  return (1000 * busyMs) / decisions;
}
