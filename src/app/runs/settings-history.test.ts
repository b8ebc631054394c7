import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Hyperparameters,
  patchBetween,
  type SettingsPatch,
  sb3Hyperparameters,
  withPatch,
} from '../../contract';
import { afterChange, afterRedo, afterUndo, effective, noSettingsHistory } from './settings-history';

const first: Hyperparameters = { ...sb3Hyperparameters, rewardWeights: { point: 1, touch: 0 } };
const patches: fc.Arbitrary<SettingsPatch> = fc.oneof(
  fc.record({ learningRate: fc.constantFrom(1e-4, 1e-3, 1e-2) }),
  fc.record({ valueClip: fc.boolean(), epochs: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ rewardWeights: fc.record({ touch: fc.constantFrom(0, 0.5, 1) }) }),
);
const asked = fc.record({
  what: fc.constantFrom('change', 'undo', 'redo', 'elsewhere'),
  patch: patches,
  isRefused: fc.boolean(),
});
const changesNothing = (settings: Hyperparameters, patch: SettingsPatch) =>
  Object.keys(patchBetween(settings, withPatch(settings, patch))).length === 0;

/** A person at a form: asks for changes, undoes and does again, and is refused at times. */
class Person {
  settings = first;
  history = noSettingsHistory;

  change(patch: SettingsPatch, isRefused: boolean): void {
    const before = this.settings;
    if (!isRefused) this.settings = withPatch(before, patch);
    this.history = afterChange(this.history, before, this.settings);
  }

  /** @returns false where there is nothing to take back, or to do again. */
  step(direction: 'undo' | 'redo', isRefused: boolean): boolean {
    const history = effective(this.history, this.settings);
    const patch = history[direction].at(-1);
    if (patch === undefined) return false;
    const before = this.settings;
    if (!isRefused) this.settings = withPatch(before, patch);
    this.history = (direction === 'undo' ? afterUndo : afterRedo)(history, before, this.settings);
    return true;
  }
}

it('leads through every settings that there were, in whatever order they are changed, undone, redone and refused', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 40 }), (steps) => {
      const person = new Person();
      let states = [first];
      let at = 0;
      for (const { what, patch, isRefused } of steps) {
        const [mayUndo, mayRedo] = [at > 0, at < states.length - 1];
        let isAsItMay = true;
        if (what === 'change') {
          person.change(patch, isRefused);
          if (!isRefused && !changesNothing(states[at]!, patch)) {
            states = [...states.slice(0, at + 1), withPatch(states[at]!, patch)];
            at += 1;
          }
        } else if (what === 'undo') {
          isAsItMay = person.step('undo', isRefused) === mayUndo;
          if (mayUndo && !isRefused) at -= 1;
        } else if (what === 'redo') {
          isAsItMay = person.step('redo', isRefused) === mayRedo;
          if (mayRedo && !isRefused) at += 1;
        }
        expect(isAsItMay).toBe(true);
        expect(person.settings).toEqual(states[at]);
        expect(person.history.undo).toHaveLength(at);
        expect(person.history.redo).toHaveLength(states.length - 1 - at);
      }
    }),
  );
});

it('offers no step that would change nothing, by whatever way settings came to where they are', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 40 }), (steps) => {
      const person = new Person();
      for (const { what, patch, isRefused } of steps) {
        if (what === 'change') person.change(patch, isRefused);
        else if (what === 'elsewhere') person.settings = withPatch(person.settings, patch);
        else person.step(what, isRefused);
        const { undo, redo } = effective(person.history, person.settings);
        for (const next of [undo.at(-1), redo.at(-1)]) {
          expect(next !== undefined && changesNothing(person.settings, next)).toBe(false);
        }
      }
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
