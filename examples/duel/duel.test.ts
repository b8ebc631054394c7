import 'playtrain/phaser/twin';
import { DecisionBatch, decisionShape, SeededRandom } from 'playtrain';
import { checkAgent, liveEnvironment } from 'playtrain/phaser/twin';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../played-by-lot';
import { duelConfig } from './duel';
import { duelist } from './duel.agent';
import { crossing, folded } from './flight';
import { field, orbRules } from './rules';
import { trajectory } from './trajectory';
import { trajectoryHash } from './trajectory-hash';

describe('two wizards in a game that knows of no agent', () => {
  it('see the same to the bit over 3,000 steps from the same seed, and other rounds from another', async () => {
    const [first, second, other] = [
      await trajectory(3_000),
      await trajectory(3_000),
      await trajectory(3_000, { seed: 2 }),
    ];
    expect(second).toEqual(first);
    expect(hashOf(first)).toBe(trajectoryHash);
    expect(other.seen).not.toEqual(first.seen);
    expect(first.endings.length).toBeGreaterThan(4);
    expect(first.faults).toEqual([]);
  });

  it('have nothing that the check of agents finds', async () => {
    expect((await checkAgent(duelConfig, duelist)).findings).toEqual([]);
  });

  it('win what the other loses, round for round', async () => {
    const { endings } = await trajectory(3_000, { seed: 3 });
    const won = (index: number, rewardTerms: readonly number[]) => rewardTerms[index]!;
    for (const { rewardTerms, terminated } of endings) {
      const terms = rewardTerms.length / 2;
      expect(won(0, rewardTerms) + won(terms, rewardTerms)).toBe(0);
      expect(Math.abs(won(0, rewardTerms))).toBe(terminated ? 1 : 0);
    }
  });

  it('see the stage alike from either side', async () => {
    const environment = await liveEnvironment(duelConfig, duelist, { seed: 5 });
    const batch = new DecisionBatch(decisionShape(environment.spec, 1));
    environment.takeDecision(batch);
    const { size, names } = environment.spec.observationSpace;
    const [left, right] = [batch.observations.subarray(0, size), batch.observations.subarray(size)];
    // They stand equally far from the line, so the one's place is the other's, turned over.
    const at = (name: string) => names.indexOf(name);
    expect(right[at('x')]).toBeCloseTo(left[at('x')]!, 5);
    expect(right[at('foe x')]).toBeCloseTo(left[at('foe x')]!, 5);
    expect(right[at('foe y')]).toBeCloseTo(-left[at('foe y')]!, 5);
    expect(left[at('x')]).toBeLessThan(0);
  });
});

describe('a flight that is foreseen', () => {
  it('comes past where an orb that is moved by small steps does', () => {
    const random = SeededRandom.fromSeed(1);
    const [left, right] = [field.left + orbRules.radius, field.right - orbRules.radius];
    for (let trial = 0; trial < 50; trial++) {
      const between = (low: number, high: number) => low + (high - low) * random.uniform();
      const x = between(left, right);
      const orb = {
        x: between(left, right),
        y: between(120, 380),
        velocity: { x: 300, y: between(-300, 300) },
      };
      const found = crossing(orb, x)!;
      let [at, vx, ms] = [orb.x, orb.velocity.x, 0];
      while (ms < found.ms - 1) {
        at += vx / 1_000;
        ms += 1;
        if (at > right) vx = -vx;
      }
      expect(Math.abs(at - x)).toBeLessThan(2);
      expect(found.y).toBeCloseTo(folded(orb.y + (orb.velocity.y * found.ms) / 1_000), 5);
    }
  });
});
