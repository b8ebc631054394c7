import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CapturedUpdate } from '../src/contract';
import { madeUpSettings } from '../src/inspector/testing/made-up-rollout';
import { asUsed } from '../src/inspector/what-if';
import { rightAnswer } from '../src/lessons/answers';
import { lessons } from '../src/lessons/library';
import { isClipped } from '../src/ui/inspector/steps-table';

it('the lesson’s answer whether the clip stops a step is what the inspector’s table says of it, whatever A is', () => {
  const step = lessons.flatMap(({ steps }) => steps).find(({ id }) => id === 'pulls');
  if (step?.kind !== 'predict') throw new Error('There is such a question.');
  const { answer } = step;
  const float = (min: number, max: number) => fc.float({ min, max, noNaN: true });
  fc.assert(
    fc.property(float(-4, 4), float(-4, 4), float(0.125, 4), (advantage, normalised, ratio) => {
      // At the very bound, rounding decides.
      fc.pre(Math.abs(Math.abs(ratio - 1) - madeUpSettings.clipRange) > 1e-2);
      const captured: CapturedUpdate = {
        version: 1,
        shape: { steps: 1, agents: 1, observationSize: 1, actionSize: 1, maskSize: 0 },
        settings: madeUpSettings,
        rewards: Float32Array.of(1),
        values: Float32Array.of(1, 1),
        finalValues: Float32Array.of(0),
        terminated: Uint8Array.of(0),
        truncated: Uint8Array.of(0),
        valid: Uint8Array.of(1),
        advantages: Float32Array.of(advantage),
        returns: Float32Array.of(1 + advantage),
        agent: 0,
        observations: Float32Array.of(0),
        actions: Float32Array.of(0),
        logProbabilities: Float32Array.of(Math.log(0.2)),
        newLogProbabilities: Float32Array.of(Math.log(0.2 * ratio)),
        ratios: Float32Array.of(ratio),
        normalised: Float32Array.of(normalised),
        firstDecision: null,
        states: new Float64Array(0),
      };
      const right = rightAnswer(answer, { captured, whatIf: asUsed(captured), step: 0 });
      expect(right === 'stops').toBe(isClipped(captured, 0));
    }),
  );
});
