import type Phaser from 'phaser';
import { DecisionBatch, decisionShape, type EpisodeEnding, SeededRandom } from 'playtrain';
import type { AgentDefinition } from 'playtrain/phaser';
import { type LiveOrigin, liveEnvironment } from 'playtrain/phaser/twin';

/** What comes of acting by lot. */
export interface PlayedByLot {
  /** All that is seen and earned, decision after decision. */
  readonly seen: readonly number[];
  readonly endings: readonly EpisodeEnding[];
  readonly faults: readonly string[];
}

/**
 * Plays a live game for so many steps, the same way each time that it is called, wherever that is.
 *
 * @param act draws an action; `index` is its place among those of a decision.
 */
export async function playedByLot<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  agent: AgentDefinition<Scene>,
  steps: number,
  act: (random: SeededRandom, index: number) => number,
  origin: LiveOrigin = { seed: 1 },
): Promise<PlayedByLot> {
  const environment = await liveEnvironment(config, agent, origin);
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  const random = SeededRandom.fromSeed(7);
  const seen: number[] = [];
  for (let step = 0; step < steps; step += agent.every) {
    environment.takeDecision(batch);
    seen.push(...batch.observations, ...batch.rewardTerms, ...batch.terminated);
    for (let index = 0; index < batch.actions.length; index++) batch.actions[index] = act(random, index);
    environment.applyActions(batch.actions);
    for (let tick = 0; tick < agent.every; tick++) {
      environment.tick();
      await environment.settle?.();
    }
  }
  const faults = environment.takeFaults().map(({ message }) => message);
  return { seen, endings: environment.takeEndings(), faults };
}

/** One number for all that was seen, to the bit. */
export function hashOf({ seen }: Pick<PlayedByLot, 'seen'>): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(Float32Array.from(seen).buffer)) {
    hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  }
  return hash;
}
