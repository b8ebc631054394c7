import type { HyperparameterField, Hyperparameters, PresetName, SettingsPatch } from '../../contract';
import { settingTexts } from '../../texts/settings';
import { changeQuestions } from '../../texts/settings-form';
import type { Question } from '../kit/dialogs';

/** A preset as this person would have it: seed and backend stay as they are. */
export function withPreset(
  settings: Hyperparameters,
  presets: Readonly<Record<PresetName, Hyperparameters>>,
  name: PresetName,
): Hyperparameters {
  return { ...presets[name], seed: settings.seed, backend: settings.backend };
}

/** All that a preset sets, whatever the settings are by the time that it takes hold. */
export function presetPatch(preset: Hyperparameters): SettingsPatch {
  const { seed: _seed, backend: _backend, ...rest } = preset;
  return rest;
}

/** What to ask before these fields change; null when they take hold mid-run and nobody needs asking. */
export function changeQuestion(changed: readonly HyperparameterField[]): Question | null {
  for (const kind of ['restart', 'rebuild'] as const) {
    const fields = changed.filter(({ takesHold }) => takesHold === kind);
    if (fields.length === 0) continue;
    return changeQuestions[kind](changeQuestions.listed(fields.map(({ key }) => settingTexts[key].label)));
  }
  return null;
}
