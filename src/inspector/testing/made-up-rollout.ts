import fc from 'fast-check';
import type { AdvantageInput } from '../../agent/gae';
import type { CapturedUpdate } from '../../contract';
import type { WhatIf } from '../what-if';

/** Of an update whose every setting counts for something. */
export const madeUpSettings: CapturedUpdate['settings'] = {
  discount: 0.9,
  gaeLambda: 0.8,
  bootstrapTruncated: true,
  clipRange: 0.2,
  minibatchSize: 4,
  decisionIntervalTicks: 1,
};

/** A rollout of one agent in which nothing ends, unless told otherwise; the last of `values` follows its last step. */
export function rolloutOf(
  rewards: readonly number[],
  values: readonly number[],
  given: Partial<AdvantageInput> = {},
): AdvantageInput {
  const steps = rewards.length;
  return {
    shape: { steps, agents: 1, observationSize: 1, actionSize: 1, maskSize: 0 },
    rewards: Float32Array.from(rewards),
    values: Float32Array.from(values),
    finalValues: new Float32Array(steps),
    terminated: new Uint8Array(steps),
    truncated: new Uint8Array(steps),
    valid: new Uint8Array(steps).fill(1),
    ...given,
  };
}

const anyNumbers = (length: number) =>
  fc
    .array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: length, maxLength: length })
    .map((numbers) => Float32Array.from(numbers));

/** Mostly the one, seldom the other. */
const anyFlags = (length: number, usual: 0 | 1) =>
  fc
    .array(fc.integer({ min: 0, max: 5 }), { minLength: length, maxLength: length })
    .map((numbers) => Uint8Array.from(numbers, (number) => (number === 0 ? 1 - usual : usual)));

/** Rollouts of some agents, with ends, cuts and other controllers' steps anywhere. */
export const anyRollout: fc.Arbitrary<AdvantageInput> = fc
  .record({ steps: fc.integer({ min: 1, max: 24 }), agents: fc.integer({ min: 1, max: 4 }) })
  .chain(({ steps, agents }) => {
    const cells = steps * agents;
    return fc.record({
      shape: fc.constant({ steps, agents, observationSize: 1, actionSize: 1, maskSize: 0 }),
      rewards: anyNumbers(cells),
      values: anyNumbers(cells + agents),
      finalValues: anyNumbers(cells),
      terminated: anyFlags(cells, 0),
      truncated: anyFlags(cells, 0),
      valid: anyFlags(cells, 1),
    });
  });

const anyFactor = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));

export const anyWhatIf: fc.Arbitrary<WhatIf> = fc.record({
  discount: anyFactor,
  gaeLambda: anyFactor,
  mistakes: fc.record({
    timeLimitAsDeath: fc.boolean(),
    resetForFinal: fc.boolean(),
    noBootstrapAtCut: fc.boolean(),
    noNormalisation: fc.boolean(),
  }),
});
