import { DecisionBatch, decisionShape, SeededRandom } from 'playtrain';
import { liveEnvironment } from 'playtrain/phaser/twin';
import { driver } from './driver.agent';
import { racerConfig } from './racer';

/** What comes of driving by lot, mostly ahead. */
export interface Trajectory {
  /** All that is seen and earned, decision after decision. */
  readonly seen: readonly number[];
  readonly endings: number;
  readonly faults: readonly string[];
}

/** Drives all cars for so many steps, the same way each time that it is called, wherever that is. */
export async function trajectory(steps: number): Promise<Trajectory> {
  const environment = await liveEnvironment(racerConfig, driver, { seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  const random = SeededRandom.fromSeed(7);
  const seen: number[] = [];
  for (let step = 0; step < steps; step += driver.every) {
    environment.takeDecision(batch);
    seen.push(...batch.observations, ...batch.rewardTerms, ...batch.terminated);
    for (let i = 0; i < batch.actions.length; i++) batch.actions[i] = 1.2 * random.uniform() - 0.4;
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < driver.every; tick++) environment.tick();
  }
  const faults = environment.takeFaults().map(({ message }) => message);
  return { seen, endings: environment.takeEndings().length, faults };
}
