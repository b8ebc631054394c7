import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biasVariance, returnsThatCame } from './bias-variance';
import { surprises } from './surprises';
import { anyRollout, anyWhatIf, rolloutOf } from './testing/made-up-rollout';
import { estimate, noMistakes, suppose } from './what-if';

describe('what really came', () => {
  it('is known where an episode came to a real end, and nowhere else', () => {
    const rollout = rolloutOf([1, 2, 4, 8], [0, 0, 0, 0, 0], { terminated: Uint8Array.of(0, 1, 0, 0) });
    // 1 + ½·2, 2, and then an episode that the rollout cut.
    expect([...returnsThatCame(rollout, 0.5)]).toEqual([2, 2, Number.NaN, Number.NaN]);
  });

  it('is what λ = 1 foresaw, so that the correlation is 1', () => {
    const rollout = rolloutOf([1, -2, 4, 3], [0.5, 1, -1, 2, 0], { terminated: Uint8Array.of(0, 1, 0, 1) });
    const { advantages } = estimate(suppose(rollout, { discount: 0.5, gaeLambda: 1, mistakes: noMistakes }));
    const meter = biasVariance(rollout, advantages, returnsThatCame(rollout, 0.5));
    expect(meter.correlation).toBeCloseTo(1, 9);
    expect(meter.known).toBe(4);
    expect(meter.spread).toBeNull();
  });
});

describe('the spread of advantages', () => {
  it('is over agents, not over time', () => {
    const two = rolloutOf([], [], {
      shape: { steps: 2, agents: 2, observationSize: 1, actionSize: 1, maskSize: 0 },
      valid: Uint8Array.of(1, 1, 1, 1),
    });
    // 1 and 3: variance 2; 100 and 100: 0. √((2 + 0) / 2) = 1.
    const meter = biasVariance(two, Float32Array.of(1, 3, 100, 100), new Float64Array(4).fill(Number.NaN));
    expect(meter).toEqual({ spread: 1, correlation: null, known: 0 });
  });

  it('and the correlation are numbers in bounds, or none', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, whatIf) => {
        const { advantages } = estimate(suppose(rollout, whatIf));
        const { spread, correlation } = biasVariance(
          rollout,
          advantages,
          returnsThatCame(rollout, whatIf.discount),
        );
        expect(spread === null || spread >= 0).toBe(true);
        expect(correlation === null || Math.abs(correlation) <= 1).toBe(true);
      }),
    );
  });
});

describe('surprises', () => {
  it('are the learner’s steps of the largest advantages either way', () => {
    const rollout = rolloutOf([0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0], {
      valid: Uint8Array.of(1, 1, 1, 1, 1, 1, 0),
    });
    expect(surprises(rollout, Float32Array.of(1, -7, 3, 3, 0, 2, 99), 0)).toEqual([1, 2, 3, 5, 0]);
  });
});
