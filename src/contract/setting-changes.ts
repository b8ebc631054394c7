import { type HyperparameterField, hyperparameterFields } from './hyperparameter-fields';
import type { HyperparameterKey, Hyperparameters } from './hyperparameters';

/** The value of one setting; of the reward weights, of one of them. */
export type SettingValue = Exclude<Hyperparameters[HyperparameterKey], Readonly<Record<string, number>>>;

/** One setting that became another; of the reward weights, each by itself. */
export interface SettingChange {
  readonly key: HyperparameterKey;
  /** The reward term whose weight changed; left out for all other settings. */
  readonly term?: string;
  readonly from: SettingValue | null;
  readonly to: SettingValue | null;
}

/** What became of each setting that differs, in the order of `hyperparameterFields`. */
export function settingChanges(before: Hyperparameters, after: Hyperparameters): SettingChange[] {
  return changedFields(before, after).flatMap(({ key }): SettingChange[] => {
    if (key !== 'rewardWeights') return [{ key, from: before[key], to: after[key] }];
    const terms = new Set([...Object.keys(before.rewardWeights), ...Object.keys(after.rewardWeights)]);
    return [...terms].flatMap((term) => {
      const [from = null, to = null] = [before.rewardWeights[term], after.rewardWeights[term]];
      return from === to ? [] : [{ key, term, from, to }];
    });
  });
}

/** Which fields differ between two settings, in the order of `hyperparameterFields`. */
export function changedFields(before: Hyperparameters, after: Hyperparameters): HyperparameterField[] {
  // As at most updates.
  if (before === after) return [];
  return hyperparameterFields.filter(({ key }) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** Some settings that are to become others; of the reward weights, those named. */
export type SettingsPatch = Partial<Hyperparameters>;

/** `settings` with a patch laid over them. */
export function withPatch(settings: Hyperparameters, patch: SettingsPatch): Hyperparameters {
  const rewardWeights = { ...settings.rewardWeights, ...patch.rewardWeights };
  return { ...settings, ...patch, rewardWeights };
}

/** The patch that makes `after` of `before`; empty when they are alike. */
export function patchBetween(before: Hyperparameters, after: Hyperparameters): SettingsPatch {
  return Object.fromEntries(changedFields(before, after).map(({ key }) => [key, after[key]]));
}
