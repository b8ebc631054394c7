import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Hyperparameters, sb3Hyperparameters, withPatch } from '../../contract';
import {
  afterChange,
  afterRedo,
  afterUndo,
  noSettingsHistory,
  type SettingsHistory,
} from './settings-history';

it('leads back to every settings that there were, and forward again', () => {
  const patch = fc.oneof(
    fc.record({ learningRate: fc.constantFrom(1e-4, 1e-3, 1e-2) }),
    fc.record({ valueClip: fc.boolean(), epochs: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ rewardWeights: fc.record({ touch: fc.constantFrom(0, 0.5, 1) }) }),
  );
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 20 }), (patches) => {
      let settings: Hyperparameters = { ...sb3Hyperparameters, rewardWeights: { point: 1, touch: 0 } };
      let history: SettingsHistory = noSettingsHistory;
      const seen = [settings];
      for (const each of patches) {
        const next = withPatch(settings, each);
        const after = afterChange(history, settings, next);
        if (after !== history) seen.push(next);
        history = after;
        settings = next;
      }
      for (let index = seen.length - 2; index >= 0; index--) {
        const before = settings;
        settings = withPatch(settings, history.undo.at(-1) ?? {});
        history = afterUndo(history, before, settings);
        expect(settings).toEqual(seen[index]);
      }
      expect(history.undo).toEqual([]);
      for (let index = 1; index < seen.length; index++) {
        const before = settings;
        settings = withPatch(settings, history.redo.at(-1) ?? {});
        history = afterRedo(history, before, settings);
        expect(settings).toEqual(seen[index]);
      }
      expect(history.redo).toEqual([]);
    }),
  );
});

it('forgets what was undone once something else is changed', () => {
  const faster = { ...sb3Hyperparameters, learningRate: 0.01 };
  const undone = afterUndo(
    afterChange(noSettingsHistory, sb3Hyperparameters, faster),
    faster,
    sb3Hyperparameters,
  );
  expect(undone.redo).toHaveLength(1);
  expect(afterChange(undone, sb3Hyperparameters, { ...sb3Hyperparameters, epochs: 3 }).redo).toEqual([]);
});
