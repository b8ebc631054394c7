import { GreedyPolicy } from '../src/agent/greedy-policy';
import { rewardWeightsOf } from '../src/agent/reward-weights';
import {
  type ActingBackend,
  DecisionBatch,
  decisionShape,
  type Hyperparameters,
  type Policy,
  type Simulation,
} from '../src/contract';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';

/** Whose return is wanted, and of what. */
export interface GreedyTrial {
  readonly simulation: Simulation;
  readonly policy: Policy;
  readonly hyperparameters: Hyperparameters;
  /** One an arena, all side by side. */
  readonly episodes: number;
  /** Of the worlds: another than those that were learned from. */
  readonly seed: number;
  readonly acting: ActingBackend;
}

/** @returns the mean return of the first episode in each arena, with the likeliest action at every decision. */
export function greedyReturn(trial: GreedyTrial): number {
  const { simulation, policy, hyperparameters, episodes, seed, acting } = trial;
  const environment = createVectorEnvironment(simulation, { arenas: episodes, seed });
  const { spec } = environment;
  const weights = rewardWeightsOf(spec, hyperparameters);
  const greedy = new GreedyPolicy(spec, hyperparameters, policy, episodes, acting);
  const agents = Int32Array.from({ length: episodes }, (_, agent) => agent);
  const batch = new DecisionBatch(decisionShape(spec, episodes));
  const returns = new Map<number, number>();
  while (returns.size < episodes) {
    environment.takeDecision(batch);
    greedy.act(batch, agents, episodes);
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < hyperparameters.decisionIntervalTicks; tick++) environment.tick();
    for (const { arena, rewardTerms } of environment.takeEndings()) {
      const weighed = rewardTerms.reduce((sum, term, index) => sum + term * weights[index]!, 0);
      // A second episode of a quick arena would count short ones more than once.
      if (!returns.has(arena)) returns.set(arena, weighed);
    }
  }
  return [...returns.values()].reduce((sum, each) => sum + each, 0) / episodes;
}
