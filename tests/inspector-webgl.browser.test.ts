import { beforeAll, describe, expect, it } from 'vitest';
import { learnerSettings, startLearner } from '../src/agent/testing/learner-properties';
import type { UpdateBackend } from '../src/agent/update-backend';
import { webglBackend } from '../src/agent/webgl-backend';
import { asUsed } from '../src/inspector/what-if';
import { shownOf } from '../src/ui/inspector/shown';
import { openBackend } from '../src/workers/backend';

/** WebGL, and the estimates of each update as they were read back from it. */
function watched() {
  const readBack: { readonly advantages: Float32Array; readonly returns: Float32Array }[] = [];
  const backend: UpdateBackend = {
    ...webglBackend,
    createTrainer(layout, state) {
      const trainer = webglBackend.createTrainer(layout, state);
      const finish = trainer.finish.bind(trainer);
      trainer.finish = async () => {
        const result = await finish();
        const { advantages, returns } = result.estimates;
        readBack.push({ advantages: advantages.slice(), returns: returns.slice() });
        return result;
      };
      return trainer;
    },
  };
  return { backend, readBack };
}

describe('what the inspector shows of an update on WebGL', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });

  for (const space of ['discrete', 'continuous']) {
    it(`is what was read back from the device, to the last bit: ${space}`, async () => {
      const { backend, readBack } = watched();
      const { learner, rollout } = startLearner(learnerSettings, space, backend);
      const agent = 2;
      await learner.update(rollout());
      const full = rollout();
      const { values, rewards, shape } = full.rollout;
      const kept = { values: values.slice(), rewards: rewards.slice() };
      learner.captureNext(agent);
      const captured = (await learner.update(full)).captured!;
      const shown = shownOf(captured, asUsed(captured));
      const used = readBack.at(-1)!;
      expect(used.advantages).toHaveLength(shape.steps * shape.agents);
      expect([shown.advantages, shown.returns]).toEqual([used.advantages, used.returns]);
      expect([captured.rewards, shown.supposed.input.values]).toEqual([kept.rewards, kept.values]);
      const { discount } = learnerSettings;
      for (let step = 0; step < shape.steps; step++) {
        const cell = step * shape.agents + agent;
        const residual = kept.rewards[cell]! + discount * shown.nextValue(step) - kept.values[cell]!;
        expect(shown.residuals[cell]).toBe(Math.fround(residual));
        const { newLogProbabilities, logProbabilities, ratios } = captured;
        const ratio = Math.exp(newLogProbabilities[step]! - logProbabilities[step]!);
        expect(ratios[step]).toBe(Math.fround(ratio));
      }
      learner.dispose();
    });
  }
});
