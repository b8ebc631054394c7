import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backwardView, episodeStart, forwardView, lambdaReturn, traceAt } from './td-lambda';
import { anyRollout, anyWhatIf, rolloutOf } from './testing/made-up-rollout';
import { reaching, recursion } from './three-forms';
import { noMistakes, suppose } from './what-if';

/** A critic of a few weights whose gradient at a step is anything, so that steps share weights. */
const anySharedWeights = fc.array(
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  { minLength: 24, maxLength: 24 },
);

function expectEqual(left: Float64Array, right: Float64Array): void {
  expect(left.length).toBe(right.length);
  left.forEach((number, weight) => {
    expect(Math.abs(number - right[weight]!)).toBeLessThan(1e-9);
  });
}

describe('TD(λ) with a frozen critic', () => {
  it('comes to the same forwards and backwards, also where steps share weights', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, anySharedWeights, (rollout, whatIf, weights) => {
        const supposed = suppose(rollout, whatIf);
        const { discount, gaeLambda } = whatIf;
        const stretch = reaching(supposed, 0, 0);
        const shared = (index: number) => Float64Array.from(weights[index]!);
        expectEqual(forwardView(stretch, discount, gaeLambda), backwardView(stretch, discount, gaeLambda));
        expectEqual(
          forwardView(stretch, discount, gaeLambda, shared),
          backwardView(stretch, discount, gaeLambda, shared),
        );
      }),
    );
  });

  it('agrees with an episode worked by hand', () => {
    const rollout = rolloutOf([1, 2], [0.5, 1, 9], { terminated: Uint8Array.of(0, 1) });
    const supposed = suppose(rollout, { discount: 0.5, gaeLambda: 0.5, mistakes: noMistakes });
    const stretch = reaching(supposed, 0, 0);
    // G₁ = 2;  G₀ = ½(1 + ½·1) + ½(1 + ½·2) = 1.75.
    expect([0, 1].map((from) => lambdaReturn(stretch, from, 0.5, 0.5))).toEqual([1.75, 2]);
    expect([...forwardView(stretch, 0.5, 0.5)]).toEqual([1.25, 1]);
    // δ = 1, 1; e = (1, 0), then (¼, 1): 1 + ¼, 1.
    expect([...backwardView(stretch, 0.5, 0.5)]).toEqual([1.25, 1]);
    expect(traceAt(1, 0.5, 0.5)).toEqual([0.25, 1]);
  });

  it('changes a table by the advantages', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, whatIf) => {
        const supposed = suppose(rollout, whatIf);
        const stretch = reaching(supposed, 0, 0);
        const { discount, gaeLambda } = whatIf;
        expectEqual(
          backwardView(stretch, discount, gaeLambda),
          Float64Array.from(recursion(stretch, supposed)),
        );
      }),
    );
  });
});

describe('an episode’s first step', () => {
  it('lies after the last end, cut or other controller’s step', () => {
    const rollout = rolloutOf([0, 0, 0, 0], [0, 0, 0, 0, 0], { truncated: Uint8Array.of(0, 1, 0, 0) });
    expect([0, 1, 2, 3].map((step) => episodeStart(step, rollout, 0))).toEqual([0, 0, 2, 2]);
  });
});
