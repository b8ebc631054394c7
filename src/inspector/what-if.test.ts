import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalisedAdvantages } from '../agent/gae';
import { anyRollout, anyWhatIf, rolloutOf } from './testing/made-up-rollout';
import { estimate, noMistakes, placeOf, residuals, suppose, whatIfAt } from './what-if';

describe('a supposition', () => {
  it('without mistakes is what trains, bit for bit, and leaves the rollout as it was', () => {
    fc.assert(
      fc.property(anyRollout, anyWhatIf, (rollout, { discount, gaeLambda, mistakes }) => {
        const before = structuredClone(rollout);
        estimate(suppose(rollout, { discount, gaeLambda, mistakes }));
        expect(rollout).toEqual(before);
        const shown = estimate(suppose(rollout, { discount, gaeLambda, mistakes: noMistakes }));
        expect(shown).toEqual(generalisedAdvantages(rollout, discount, gaeLambda, true));
      }),
    );
  });

  // γ = λ = ½; one step that a time limit cut: r = 1, V = 2, V(final) = 4, and the next episode begins at V = 8.
  const cut = rolloutOf([1, 0], [2, 8, 6], {
    truncated: Uint8Array.of(1, 0),
    finalValues: Float32Array.of(4, 0),
  });
  const half = { discount: 0.5, gaeLambda: 0.5 };
  const deltas = (mistakes: Partial<typeof noMistakes>) => [
    ...residuals(suppose(cut, { ...half, mistakes: { ...noMistakes, ...mistakes } })),
  ];

  it('agrees with numbers worked by hand', () => {
    // 1 + ½·4 − 2 = 1;  0 + ½·6 − 8 = −5.
    expect(deltas({})).toEqual([1, -5]);
    // 1 + 0 − 2.
    expect(deltas({ timeLimitAsDeath: true })).toEqual([-1, -5]);
    // 1 + ½·8 − 2.
    expect(deltas({ resetForFinal: true })).toEqual([3, -5]);
    // 0 + 0 − 8.
    expect(deltas({ noBootstrapAtCut: true })).toEqual([1, -8]);
  });
});

describe('a place in an update', () => {
  const settings = {
    discount: 0.99,
    gaeLambda: 0.95,
    bootstrapTruncated: false,
    clipRange: 0.2,
    minibatchSize: 8,
    decisionIntervalTicks: 1,
  };

  it('leads back to the settings that it was made of', () => {
    fc.assert(
      fc.property(anyWhatIf, (whatIf) => {
        expect(whatIfAt({ settings }, placeOf({ settings }, 3, whatIf))).toEqual(whatIf);
      }),
    );
  });

  it('says nothing of what the update had itself', () => {
    const used = { discount: 0.99, gaeLambda: 0.95, mistakes: { ...noMistakes, timeLimitAsDeath: true } };
    const nothing = { discount: null, gaeLambda: null, mistakes: null };
    expect(placeOf({ settings }, 3, used)).toEqual({ step: 3, ...nothing });
  });
});
