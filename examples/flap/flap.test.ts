import { DecisionBatch, decisionShape, SeededRandom } from 'playtrain';
import { checkAgent, liveEnvironment } from 'playtrain/phaser/twin';
import { describe, expect, it } from 'vitest';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

/** What is seen over `decisions` decisions under actions drawn by lot, and how often an episode began. */
async function played(seed: number, decisions: number) {
  const environment = await liveEnvironment(flapConfig, bird, { seed });
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  const random = SeededRandom.fromSeed(7);
  const seen: number[] = [];
  for (let decision = 0; decision < decisions; decision++) {
    environment.takeDecision(batch);
    seen.push(...batch.observations, ...batch.rewardTerms, ...batch.terminated);
    batch.actions[0] = random.uniform() < 0.15 ? 1 : 0;
    environment.applyActions(batch.actions);
    for (let step = 0; step < bird.every; step++) environment.tick();
  }
  return { seen, episodes: environment.takeEndings(), faults: environment.takeFaults() };
}

describe('a bird in a game that knows of no agent', () => {
  it('sees the same to the bit from the same seed, and other gates from another', async () => {
    const [first, second, other] = [await played(1, 750), await played(1, 750), await played(2, 750)];
    expect(second).toEqual(first);
    expect(other.seen).not.toEqual(first.seen);
    expect(first.episodes.length).toBeGreaterThan(10);
    expect(first.faults).toEqual([]);
  });

  it('has nothing that the check of agents finds', async () => {
    expect((await checkAgent(flapConfig, bird)).findings).toEqual([]);
  });

  it('falls, and flies by the game’s own key', async () => {
    const environment = await liveEnvironment(flapConfig, bird, { seed: 1 });
    const batch = new DecisionBatch(decisionShape(environment.spec, 1));
    const speedAfter = (action: number) => {
      environment.applyActions(Float32Array.of(action));
      environment.tick();
      environment.takeDecision(batch);
      return batch.observations[1]! * 500;
    };
    // A sixtieth of a second of 1,100 px/s², from rest; then a flap sets −340 px/s, and gravity takes its step.
    expect(speedAfter(0)).toBeCloseTo(1_100 / 60, 2);
    expect(speedAfter(1)).toBeCloseTo(-340 + 1_100 / 60, 2);
    // The key stays down: the game hears of it once.
    expect(speedAfter(1)).toBeCloseTo(-340 + (2 * 1_100) / 60, 2);
  });
});
