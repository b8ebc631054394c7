import { describe, expect, it } from 'vitest';
import { createDistribution } from './distributions';
import { generalisedAdvantages } from './gae';
import { policyLayout } from './policy';
import { createSnapshot } from './snapshot';
import { learnerSettings, startLearner } from './testing/learner-properties';

describe('a captured update', () => {
  /** One update of two rollouts side by side, with cuts and a person's steps in them. */
  async function capture(agent: number) {
    const { learner, rollout } = startLearner();
    const parts = [rollout(), rollout()];
    for (const { rollout } of parts) {
      rollout.valid[7] = 0;
      rollout.truncated[11] = 1;
      rollout.finalValues[11] = 0.75;
    }
    learner.captureNext(agent);
    const update = await learner.update(...parts);
    const snapshot = learner.snapshot();
    const after = (await learner.update(...parts)).captured;
    learner.dispose();
    return { parts, captured: update.captured!, snapshot, after };
  }

  it('holds the rollouts side by side, and what trained saw and made of them, to the last bit', async () => {
    const { parts, captured } = await capture(1);
    const { steps, agents } = parts[0]!.rollout.shape;
    expect(captured.shape).toMatchObject({ steps, agents: 2 * agents });
    parts.forEach(({ rollout }, part) => {
      const { discount, gaeLambda } = learnerSettings;
      const { advantages, returns } = generalisedAdvantages(rollout, discount, gaeLambda, true);
      for (let step = 0; step < steps; step++) {
        const from = step * agents;
        const beside = step * 2 * agents + part * agents;
        const row = (numbers: Float32Array | Uint8Array, at: number) => numbers.slice(at, at + agents);
        for (const name of [
          'rewards',
          'values',
          'finalValues',
          'terminated',
          'truncated',
          'valid',
        ] as const) {
          expect(row(captured[name], beside)).toEqual(row(rollout[name], from));
        }
        expect(row(captured.advantages, beside)).toEqual(row(advantages, from));
        expect(row(captured.returns, beside)).toEqual(row(returns, from));
      }
    });
    expect(captured.values).toHaveLength((steps + 1) * 2 * agents);
  });

  it('is worked out anew, settings unchanged, to the very numbers that were used', async () => {
    const { captured } = await capture(0);
    const { discount, gaeLambda, bootstrapTruncated } = captured.settings;
    const { advantages, returns } = generalisedAdvantages(captured, discount, gaeLambda, bootstrapTruncated);
    expect(captured.advantages).toEqual(advantages);
    expect(captured.returns).toEqual(returns);
  });

  it('has of its agent the ratios that the new policy’s own snapshot gives, and none for others’ steps', async () => {
    const { agents } = (await capture(0)).parts[0]!.rollout.shape;
    // Of the second rollout.
    const agent = agents + (7 % agents);
    const { parts, captured, snapshot } = await capture(agent);
    const { rollout } = parts[1]!;
    const { spec } = startLearner().learner.trainingState();
    const layout = policyLayout(spec, learnerSettings);
    const policy = createSnapshot(layout, snapshot);
    const distribution = createDistribution(spec.actionSpace);
    const { steps, observationSize } = rollout.shape;
    const outputs = new Float32Array(32);
    const others: number[] = [];
    for (let step = 0; step < steps; step++) {
      const cell = step * agents + (agent - agents);
      if (rollout.valid[cell] === 0) {
        others.push(captured.ratios[step]!);
        continue;
      }
      const seen = rollout.observations.slice(cell * observationSize, (cell + 1) * observationSize);
      policy.forward(seen, 1, outputs, new Float32Array(1));
      const { actionSize, maskSize } = rollout.shape;
      const after = distribution.logProbability(
        outputs,
        0,
        policy.logStd,
        rollout.masks.slice(cell * maskSize, (cell + 1) * maskSize),
        rollout.actions.slice(cell * actionSize, (cell + 1) * actionSize),
      );
      expect(captured.newLogProbabilities[step]).toBe(Math.fround(after));
      expect(captured.ratios[step]).toBe(
        Math.fround(Math.exp(Math.fround(after) - rollout.logProbabilities[cell]!)),
      );
    }
    expect(others).toEqual([Number.NaN]);
  });

  it('normalises by minibatches that it was drawn into, so that all of them have mean 0 and deviation 1', async () => {
    const { captured, parts } = await capture(0);
    const all = [...captured.normalised].filter((number) => !Number.isNaN(number));
    expect(all.length).toBeGreaterThan(parts[0]!.rollout.shape.steps / 2);
    for (const number of all) expect(Math.abs(number)).toBeLessThan(learnerSettings.minibatchSize);
  });

  it('is made once for each time it is asked for', async () => {
    expect((await capture(0)).after).toBeNull();
  });
});
