import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DecisionBatch,
  decisionShape,
  type EnvironmentSpec,
  type Hyperparameters,
  type Rollout,
  sb3Hyperparameters,
  type Thought,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { Actor } from './actor';
import { generalisedAdvantages } from './gae';
import { initialiseParameters, policyLayout } from './policy';

const spec: EnvironmentSpec = {
  game: 'test',
  observationSpace: { size: 2, names: ['x', 'v'], low: [-9, -9], high: [9, 9] },
  actionSpace: {
    kind: 'product',
    parts: [
      { name: 'run', kind: 'discrete', count: 3, labels: ['a', 'b', 'c'] },
      { name: 'steer', kind: 'continuous', size: 1, names: ['turn'], low: [-1], high: [1] },
    ],
  },
  rewardTerms: [{ name: 'goal', description: '', defaultWeight: 2 }],
  tickMs: 20,
  timeLimitTicks: 100,
};

/** What is thought at every decision of one rollout, and at the one after it, with the rollout. */
function thoughtsOf(seed: number, changes: Partial<Hyperparameters>) {
  const settings = { ...sb3Hyperparameters, arenas: 2, rolloutLength: 12, hiddenSizes: [4], ...changes };
  const layout = policyLayout(spec, settings);
  const parameters = initialiseParameters(layout, SeededRandom.fromSeed(seed), 0);
  const actor = new Actor({
    spec,
    hyperparameters: settings,
    snapshot: { version: 1, parameters },
    acting: 'cpu',
  });
  const random = SeededRandom.fromSeed(seed + 1);
  actor.setThinking(1);
  const thoughts: Thought[] = [];
  for (let number = 0; ; number++) {
    const batch = new DecisionBatch(decisionShape(spec, 2));
    batch.number = number;
    for (let i = 0; i < batch.observations.length; i++) batch.observations[i] = random.normal();
    for (let i = 0; i < batch.finalObservations.length; i++) batch.finalObservations[i] = random.normal();
    for (let arena = 0; arena < 2; arena++) {
      batch.rewardTerms[arena] = number === 0 ? 0 : random.normal();
      const fate = number === 0 ? 1 : random.uniform();
      batch.terminated[arena] = fate < 0.3 ? 1 : 0;
      batch.truncated[arena] = fate >= 0.3 && fate < 0.5 ? 1 : 0;
    }
    const full = actor.observe(batch, 0);
    actor.act(batch, 0);
    const thought = actor.thought(batch);
    if (thought === null) throw new Error('Nothing was thought.');
    thoughts.push(thought);
    if (full !== null) return { thoughts, rollout: full.rollout as Rollout, settings };
  }
}

describe('what a policy thinks, told to people', () => {
  it('is surprised by what learning reckons with: the advantage for a λ of 0', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), fc.boolean(), (seed, normaliseRewards, bootstrapTruncated) => {
        const { thoughts, rollout, settings } = thoughtsOf(seed, { normaliseRewards, bootstrapTruncated });
        const { advantages } = generalisedAdvantages(rollout, settings.discount, 0, bootstrapTruncated);
        // The decision after the last is answered by the same policy.
        for (let step = 0; step < 12; step++) {
          expect(thoughts[step + 1]?.surprise).toBeCloseTo(advantages[2 * step + 1] ?? Number.NaN, 4);
          expect(thoughts[step]?.value).toBe(rollout.values[2 * step + 1]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives every part of an action its odds', () => {
    const { thoughts } = thoughtsOf(3, {});
    for (const { odds } of thoughts) {
      const [run, steer] = odds;
      if (run?.kind !== 'choices' || steer?.kind !== 'amount') throw new Error('Other parts came.');
      expect(run.odds).toHaveLength(3);
      expect(run.odds.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
      expect(steer.deviation).toBeGreaterThan(0);
    }
  });
});
