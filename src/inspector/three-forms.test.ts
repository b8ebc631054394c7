import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { telescoping } from './telescoping';
import { anyRollout, anyWhatIf, rolloutOf } from './testing/made-up-rollout';
import { reaching, recursion, threeForms, weightedKSteps, weightedResiduals } from './three-forms';
import { estimate, noMistakes, suppose } from './what-if';

/** Every learner's step of a rollout, with what reaches it. */
function* everyStep(supposed: ReturnType<typeof suppose>) {
  const { steps, agents } = supposed.input.shape;
  for (let step = 0; step < steps; step++) {
    for (let agent = 0; agent < agents; agent++) {
      yield { cell: step * agents + agent, reached: reaching(supposed, agent, step) };
    }
  }
}

describe('an advantage', () => {
  it('is the same as a recursion, as a sum and as a mean, and what trains has it, whatever ends and whoever acts', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, whatIf) => {
        const supposed = suppose(rollout, whatIf);
        const { advantages } = estimate(supposed);
        for (const { cell, reached } of everyStep(supposed)) {
          const forms = threeForms(reached, supposed);
          expect(forms === null).toBe(rollout.valid[cell] === 0);
          if (forms === null) continue;
          expect(Math.abs(forms.recursion - forms.sum)).toBeLessThan(1e-6);
          expect(Math.abs(forms.recursion - forms.mean)).toBeLessThan(1e-6);
          expect(advantages[cell]).toBe(Math.fround(forms.recursion));
        }
      }),
    );
  });

  it('takes k-step advantages by weights that sum to 1', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, whatIf) => {
        const supposed = suppose(rollout, whatIf);
        for (const { reached } of everyStep(supposed)) {
          if (reached.length === 0) continue;
          const total = weightedKSteps(reached, supposed).reduce((sum, { weight }) => sum + weight, 0);
          expect(total).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  it('agrees with a rollout worked by hand', () => {
    const rollout = rolloutOf([1, 2, 3], [0.5, 1, 1.5, 2]);
    const supposed = suppose(rollout, { discount: 0.5, gaeLambda: 0.5, mistakes: noMistakes });
    const reached = reaching(supposed, 0, 0);
    // γ = λ = ½.  δ = 1 + ½·1 − ½ = 1;  2 + ½·1.5 − 1 = 1.75;  3 + ½·2 − 1.5 = 2.5, weighing 1, ¼ and 1/16.
    expect(weightedResiduals(reached, supposed).map(({ residual, weight }) => [residual, weight])).toEqual([
      [1, 1],
      [1.75, 0.25],
      [2.5, 0.0625],
    ]);
    // A₂ = 2.5;  A₁ = 1.75 + ¼·2.5;  A₀ = 1 + ¼·2.375.
    expect(recursion(reached, supposed)).toEqual([1.59375, 2.375, 2.5]);
    // A^(1) = δ₀ = 1;  A^(2) = 1 + ½·2 + ¼·1.5 − ½ = 1.875;  A^(3) = 1 + 1 + ¼·3 + ⅛·2 − ½ = 2.5; ½, ¼ and the rest.
    expect(weightedKSteps(reached, supposed).map(({ advantage, weight }) => [advantage, weight])).toEqual([
      [1, 0.5],
      [1.875, 0.25],
      [2.5, 0.25],
    ]);
  });
});

describe('telescoping', () => {
  it('leaves the k-step advantage, by either way of adding up', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, whatIf) => {
        const supposed = suppose(rollout, whatIf);
        for (const { reached } of everyStep(supposed)) {
          for (const { k, advantage } of weightedKSteps(reached, supposed)) {
            const { sum, left, lines } = telescoping(reached, supposed.discount, k);
            expect(lines).toHaveLength(k);
            expect(Math.abs(sum - advantage)).toBeLessThan(1e-9);
            expect(Math.abs(left - advantage)).toBeLessThan(1e-9);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('crosses out what the next line takes away', () => {
    const rollout = rolloutOf([1, 2], [3, 4, 5]);
    const supposed = suppose(rollout, { discount: 0.5, gaeLambda: 1, mistakes: noMistakes });
    // 1 + ½·4 − 3, then ½·2 + ¼·5 − ½·4: what is left is 1 + 1 + 1.25 − 3.
    const { lines, left } = telescoping(reaching(supposed, 0, 0), 0.5, 2);
    expect(lines.map(({ terms }) => terms)).toEqual([
      { reward: 1, next: 2, own: -3 },
      { reward: 1, next: 1.25, own: -2 },
    ]);
    expect(lines.map(({ nextCancels, ownCancels }) => [nextCancels, ownCancels])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(left).toBe(0.25);
  });
});
