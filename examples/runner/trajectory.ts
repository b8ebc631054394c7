import { DecisionBatch, decisionShape, SeededRandom } from 'playtrain';
import { type LiveOrigin, liveEnvironment } from 'playtrain/phaser/twin';
import { fox } from './fox.agent';
import { runnerConfig } from './runner';

/** What comes of running by lot, mostly to the right. */
export interface Trajectory {
  /** All that is seen and earned, decision after decision. */
  readonly seen: readonly number[];
  readonly endings: number;
  readonly faults: readonly string[];
}

/** From no action to the last; what is here more than once is done more often. */
const lots = [0, 1, 1, 1, 2, 2, 2, 3, 4];

/** Runs for so many steps, the same way each time that it is called, wherever that is. */
export async function trajectory(steps: number, origin: LiveOrigin = { seed: 1 }): Promise<Trajectory> {
  const environment = await liveEnvironment(runnerConfig, fox, origin);
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  const random = SeededRandom.fromSeed(7);
  const seen: number[] = [];
  for (let step = 0; step < steps; step += fox.every) {
    environment.takeDecision(batch);
    seen.push(...batch.observations, ...batch.rewardTerms, ...batch.terminated);
    batch.actions[0] = lots[Math.floor(lots.length * random.uniform())]!;
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < fox.every; tick++) {
      environment.tick();
      await environment.settle?.();
    }
  }
  const faults = environment.takeFaults().map(({ message }) => message);
  return { seen, endings: environment.takeEndings().length, faults };
}

/** One number for all that was seen, to the bit. */
export function hashOf({ seen }: Trajectory): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(Float32Array.from(seen).buffer)) {
    hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  }
  return hash;
}
