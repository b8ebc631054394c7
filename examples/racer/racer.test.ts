import { DecisionBatch, decisionShape, SeededRandom } from 'playtrain';
import { checkAgent, liveEnvironment } from 'playtrain/phaser/twin';
import { describe, expect, it } from 'vitest';
import { driver } from './driver.agent';
import { racerConfig } from './racer';

/** What is seen and earned over `steps` steps under actions drawn by lot, mostly ahead. */
async function driven(steps: number) {
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
  return { seen, endings: environment.takeEndings(), faults: environment.takeFaults() };
}

describe('cars in a game that knows of no agent', () => {
  it('see the same to the bit from the same seed, over 3,000 steps', async () => {
    const [first, second] = [await driven(3_000), await driven(3_000)];
    expect(second).toEqual(first);
    expect(first.endings.length).toBeGreaterThan(10);
    expect(first.faults).toEqual([]);
  });

  it('have nothing that the check of agents finds', async () => {
    expect((await checkAgent(racerConfig, driver)).findings).toEqual([]);
  });
});
