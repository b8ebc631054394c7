import {
  fieldProblems,
  type HyperparameterField,
  type Hyperparameters,
  type PresetName,
  type TakesHold,
} from '../contract';
import { formatSetting } from './format';

/** A text that was read as a field's value, or the sentence that says why it was not. */
export type Parsed =
  | { readonly value: Hyperparameters[keyof Hyperparameters] }
  | { readonly problem: string };

/** Reads what a person typed, or what stands in an address, as one field's value. */
export function parseField(field: HyperparameterField, text: string): Parsed {
  const value = read(field, text.trim());
  const problem = fieldProblems(field, value)[0];
  return problem === undefined ? { value: value as Hyperparameters[keyof Hyperparameters] } : { problem };
}

/** A field's value as `parseField` reads it. Reward weights have no such text: each has a field of its own. */
export function fieldText(value: Hyperparameters[keyof Hyperparameters]): string {
  if (typeof value === 'number') return formatSetting(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : '';
}

function read(field: HyperparameterField, text: string): unknown {
  switch (field.kind) {
    case 'number':
    case 'weights':
      return text === '' ? Number.NaN : Number(text);
    case 'switch':
      return text === 'on' ? true : text === 'off' ? false : text;
    case 'choice':
      return text;
    case 'sizes':
      return text === '' ? [] : text.split(/[\s,;×]+/).map(Number);
  }
}

/** `settings` with one field changed. */
export function withField(
  settings: Hyperparameters,
  key: keyof Hyperparameters,
  value: Hyperparameters[keyof Hyperparameters],
): Hyperparameters {
  return { ...settings, [key]: value };
}

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

/** The words of a dialog that asks before something is lost or interrupted. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** What to ask before these fields change; null when they take hold mid-run and nobody needs asking. */
export function changeQuestion(changed: readonly HyperparameterField[]): Question | null {
  const cancel = 'Keep the present value';
  const restarting = changed.filter(({ takesHold }) => takesHold === 'restart');
  if (restarting.length > 0) {
    return {
      title: 'Start the run again?',
      body: `${listed(restarting)} can only change in another run: learning begins again from nothing, with a new policy, new counters and new charts, or goes on where you left a kept run with these very settings. This run is kept too.`,
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
  const labels = fields.map(({ label }) => `“${label}”`);
  const last = labels.pop() ?? '';
  return labels.length === 0 ? last : `${labels.join(', ')} and ${last}`;
}
