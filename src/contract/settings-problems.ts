import {
  type HyperparameterField,
  hyperparameterFields,
  type SizesField,
  type WeightsField,
} from './hyperparameter-fields';
import type { HyperparameterKey, Hyperparameters } from './hyperparameters';

/** What is wrong with settings, for code; `settingsSentence` of `src/texts` says it to people. */
export type SettingsProblem =
  | {
      readonly code: 'not-a-number' | 'out-of-range';
      readonly key: HyperparameterKey;
      /** The reward term whose weight it is; left out for all other settings. */
      readonly term?: string;
      readonly value: unknown;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'not-whole'; readonly key: HyperparameterKey; readonly value: number }
  | { readonly code: 'not-a-switch'; readonly key: HyperparameterKey }
  | { readonly code: 'no-such-option'; readonly key: HyperparameterKey; readonly options: readonly string[] }
  | {
      readonly code: 'not-sizes';
      readonly key: HyperparameterKey;
      readonly maxLayers: number;
      readonly min: number;
      readonly max: number;
    }
  /** Of `rolloutLength`, `arenas` and `minibatchSize` together. */
  | {
      readonly code: 'minibatch-too-large' | 'minibatch-does-not-divide';
      readonly key: 'minibatchSize';
      readonly minibatchSize: number;
      readonly rolloutLength: number;
      readonly arenas: number;
    };

/** Looks for what is wrong with one setting by itself; empty when the value can be used. */
export function fieldProblems(field: HyperparameterField, value: unknown): SettingsProblem[] {
  const { key } = field;
  switch (field.kind) {
    case 'number': {
      const { min, max } = field;
      if (!isFiniteNumber(value)) return [{ code: 'not-a-number', key, value, min, max }];
      if (value < min || value > max) return [{ code: 'out-of-range', key, value, min, max }];
      return field.integer && !Number.isInteger(value) ? [{ code: 'not-whole', key, value }] : [];
    }
    case 'switch':
      return typeof value === 'boolean' ? [] : [{ code: 'not-a-switch', key }];
    case 'choice': {
      const { options } = field;
      return options.some((option) => option === value) ? [] : [{ code: 'no-such-option', key, options }];
    }
    case 'sizes':
      return sizesProblems(field, value);
    case 'weights':
      return weightsProblems(field, value);
  }
}

function sizesProblems({ key, maxLayers, min, max }: SizesField, value: unknown): SettingsProblem[] {
  const sizes = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = (size: unknown) => Number.isInteger(size) && Number(size) >= min && Number(size) <= max;
  if (sizes.length >= 1 && sizes.length <= maxLayers && sizes.every(fits)) return [];
  return [{ code: 'not-sizes', key, maxLayers, min, max }];
}

function weightsProblems({ key, min, max }: WeightsField, value: unknown): SettingsProblem[] {
  const weights = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return weights.flatMap(([term, weight]: [string, unknown]): SettingsProblem[] => {
    if (!isFiniteNumber(weight)) return [{ code: 'not-a-number', key, term, value: weight, min, max }];
    return weight < min || weight > max ? [{ code: 'out-of-range', key, term, value: weight, min, max }] : [];
  });
}

const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Looks for settings that cannot work, alone or together; empty when they are usable. */
export function hyperparameterProblems(settings: Hyperparameters): SettingsProblem[] {
  const problems = hyperparameterFields.flatMap((field) => fieldProblems(field, settings[field.key]));
  if (problems.length > 0) return problems;
  const { minibatchSize, rolloutLength, arenas } = settings;
  const batchSize = rolloutLength * arenas;
  const together = { key: 'minibatchSize', minibatchSize, rolloutLength, arenas } as const;
  if (minibatchSize > batchSize) return [{ code: 'minibatch-too-large', ...together }];
  if (batchSize % minibatchSize !== 0) return [{ code: 'minibatch-does-not-divide', ...together }];
  return [];
}

/**
 * A problem as programmers read it, such as `epochs: out-of-range (value 4, min 1, max 3)`. To people `src/texts` says it
 * in sentences.
 */
export function problemMessage({ code, key, ...values }: SettingsProblem): string {
  const said = Object.entries(values).map(([name, value]) => `${name} ${String(value)}`);
  return `${key}: ${code}${said.length === 0 ? '' : ` (${said.join(', ')})`}`;
}
