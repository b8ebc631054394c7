import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DecisionBatch } from './decision';

it('carries numbers and counts whole, far past what 32 bits hold, to whoever lays it over the same memory', () => {
  const shape = { agents: 3, observationSize: 2, actionSize: 1, rewardTerms: 1, maskSize: 0 };
  const count = fc.oneof(fc.maxSafeNat(), fc.constantFrom(2 ** 31, 2 ** 32 + 1));
  fc.assert(
    fc.property(count, count, count, fc.boolean(), (number, policyVersion, decisions, buffersFull) => {
      const numbers = { number, policyVersion, decisions, buffersFull };
      const { buffer } = Object.assign(new DecisionBatch(shape), numbers);
      expect(new DecisionBatch(shape, buffer)).toMatchObject(numbers);
    }),
  );
});
