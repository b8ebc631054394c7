import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanrlHyperparameters } from '../contract';
import { annealedFrom, annealedLearningRate } from './annealing';

/** CleanRL's own words: `frac = 1.0 - (update - 1.0) / num_updates` with `num_updates = total // batch`. */
function cleanrlRate(update: number, total: number, batch: number): number {
  return 2.5e-4 * (1 - (update - 1) / Math.floor(total / batch));
}

describe('the annealed learning rate', () => {
  it('is CleanRL’s at every update, also where the horizon is not a whole number of rollouts', () => {
    for (const total of [500_000, 100_000, 1_280]) {
      const settings = { ...cleanrlHyperparameters, annealingDecisions: total };
      const updates = Math.floor(total / 512);
      for (let update = 1; update <= updates; update++) {
        const rate = annealedLearningRate(settings, 4, 0, (update - 1) * 512);
        expect(rate).toBeCloseTo(cleanrlRate(update, total, 512), 15);
      }
      expect(annealedLearningRate(settings, 4, 0, updates * 512)).toBe(0);
    }
  });

  it('falls from its full value from where it was switched on, whenever that is', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), fc.nat({ max: 300 }), (switchedOn, updates) => {
        const settings = { ...cleanrlHyperparameters, annealingDecisions: 100_000 };
        const from = annealedFrom(null, settings, switchedOn);
        const later = annealedFrom(from, settings, switchedOn + updates * 512);
        expect(later).toBe(switchedOn);
        const rate = annealedLearningRate(settings, 4, later, switchedOn + updates * 512);
        expect(rate).toBe(annealedLearningRate(settings, 4, 0, updates * 512));
      }),
    );
  });

  it('begins anew when it was off in between, and is constant while it is off', () => {
    const on = { ...cleanrlHyperparameters };
    const off = { ...on, learningRateAnnealing: false };
    expect(annealedFrom(300, off, 900)).toBeNull();
    expect(annealedLearningRate(off, 4, null, 1e9)).toBe(on.learningRate);
    expect(annealedFrom(null, on, 2000)).toBe(2000);
  });

  it('gives one rollout its full rate where the horizon is shorter than that', () => {
    const settings = { ...cleanrlHyperparameters, annealingDecisions: 100 };
    expect(annealedLearningRate(settings, 4, 0, 0)).toBe(settings.learningRate);
    expect(annealedLearningRate(settings, 4, 0, 512)).toBe(0);
  });
});
