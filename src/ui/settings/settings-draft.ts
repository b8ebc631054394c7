import type { HyperparameterField, Hyperparameters, PresetName, TakesHold } from '../../contract';
import { settingTexts } from '../../texts/settings';
import type { Question } from '../kit/dialogs';

/** A preset as this person would have it: seed and backend stay as they are. */
export function withPreset(
  settings: Hyperparameters,
  presets: Readonly<Record<PresetName, Hyperparameters>>,
  name: PresetName,
): Hyperparameters {
  return { ...presets[name], seed: settings.seed, backend: settings.backend };
}

/** What a badge says about when a change takes hold. */
export const takesHoldLabels: Readonly<Record<TakesHold, string>> = {
  nextUpdate: 'next update',
  rebuild: 'rebuild',
  restart: 'restart',
};

/** What to ask before these fields change; null when they take hold mid-run and nobody needs asking. */
export function changeQuestion(changed: readonly HyperparameterField[]): Question | null {
  const cancel = 'Keep the present value';
  const restarting = changed.filter(({ takesHold }) => takesHold === 'restart');
  if (restarting.length > 0) {
    return {
      title: 'Start the run again?',
      body: `${listed(restarting)} can only change in another run: learning begins again from nothing, with a new policy, new counters and new charts. This run stays kept, as it is.`,
      confirm: 'Start again',
      cancel,
    };
  }
  const rebuilding = changed.filter(({ takesHold }) => takesHold === 'rebuild');
  if (rebuilding.length > 0) {
    return {
      title: 'Set the arenas up again?',
      body: `To change ${listed(rebuilding)} the arenas and workers are set up again. What was learned is kept; the rollout that is filling is not.`,
      confirm: 'Set up again',
      cancel,
    };
  }
  return null;
}

function listed(fields: readonly HyperparameterField[]): string {
  const labels = fields.map(({ key }) => `“${settingTexts[key].label}”`);
  const last = labels.pop() ?? '';
  return labels.length === 0 ? last : `${labels.join(', ')} and ${last}`;
}
