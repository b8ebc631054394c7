import {
  changedFields,
  type HyperparameterKey,
  type Hyperparameters,
  type PresetName,
  type SettingsProblem,
} from '../../contract';
import { withPreset } from './settings-draft';

/** What is worth changing first; the others stand behind “All settings”. */
export const basicSettings: ReadonlySet<HyperparameterKey> = new Set<HyperparameterKey>([
  'learningRate',
  'epochs',
  'minibatchSize',
  'discount',
  'gaeLambda',
  'clipRange',
  'entropyCoefficient',
  'rolloutLength',
  'rewardWeights',
]);

/**
 * The settings that a run came with and that are to be seen, though they are no basic ones: those that differ from what
 * its game opens with. A preset's are none, since its button tells of them.
 */
export function settingsToShow(
  settings: Hyperparameters,
  presets: Readonly<Record<PresetName, Hyperparameters>>,
): readonly HyperparameterKey[] {
  const names = Object.keys(presets) as PresetName[];
  const isPreset = names.some(
    (name) => changedFields(settings, withPreset(settings, presets, name)).length === 0,
  );
  return isPreset ? [] : changedFields(presets.fast, settings).map(({ key }) => key);
}

/** The settings that problems are about. */
export function settingsInTrouble(problems: readonly SettingsProblem[]): readonly HyperparameterKey[] {
  return problems.map(({ key }) => key);
}
