import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanrlHyperparameters, sb3Hyperparameters } from './presets';
import { patchBetween, settingChanges, withPatch } from './setting-changes';

const settings = { ...sb3Hyperparameters, rewardWeights: { point: 1, touch: 0 } };

describe('a patch of settings', () => {
  it('changes what it names and nothing else, so that patches in turn do not take each other back', () => {
    const learningRate = withPatch(settings, { learningRate: 0.01 });
    const both = withPatch(learningRate, { valueClip: true });
    expect(both).toEqual({ ...settings, learningRate: 0.01, valueClip: true });
  });

  it('changes one reward weight and leaves the others', () => {
    expect(withPatch(settings, { rewardWeights: { touch: 0.5 } }).rewardWeights).toEqual({
      point: 1,
      touch: 0.5,
    });
  });

  it('makes of the one settings the others', () => {
    const keys = Object.keys(sb3Hyperparameters) as (keyof typeof sb3Hyperparameters)[];
    fc.assert(
      fc.property(fc.subarray(keys), (chosen) => {
        const after = { ...settings };
        for (const key of chosen) Object.assign(after, { [key]: cleanrlHyperparameters[key] });
        expect(withPatch(settings, patchBetween(settings, after))).toEqual({
          ...after,
          // A patch names weights; it takes none away.
          rewardWeights: { ...settings.rewardWeights, ...after.rewardWeights },
        });
      }),
    );
  });
});

it('tells each change from what to what, reward weights one by one', () => {
  const after = { ...settings, clipRange: 0.1, rewardWeights: { point: 1, touch: 0.25 } };
  expect(settingChanges(settings, after)).toEqual([
    { key: 'clipRange', from: 0.2, to: 0.1 },
    { key: 'rewardWeights', term: 'touch', from: 0, to: 0.25 },
  ]);
});
