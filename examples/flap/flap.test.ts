import { DecisionBatch, decisionShape } from 'playtrain';
import { checkAgent, liveEnvironment } from 'playtrain/phaser/twin';
import { describe, expect, it } from 'vitest';
import { playedByLot } from '../played-by-lot';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

/** Under actions drawn by lot. */
const played = (seed: number, decisions: number) =>
  playedByLot(flapConfig, bird, decisions * bird.every, (random) => (random.uniform() < 0.15 ? 1 : 0), {
    seed,
  });

describe('a bird in a game that knows of no agent', () => {
  it('sees the same to the bit from the same seed, and other gates from another', async () => {
    const [first, second, other] = [await played(1, 750), await played(1, 750), await played(2, 750)];
    expect(second).toEqual(first);
    expect(other.seen).not.toEqual(first.seen);
    expect(first.endings.length).toBeGreaterThan(10);
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
