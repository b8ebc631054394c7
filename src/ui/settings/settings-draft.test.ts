import { describe, expect, it } from 'vitest';
import {
  cleanrlHyperparameters,
  type HyperparameterField,
  hyperparameterFields,
  sb3Hyperparameters,
} from '../../contract';
import { changeQuestion, withPreset } from './settings-draft';

const field = (key: string): HyperparameterField => {
  const found = hyperparameterFields.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
};

describe('asking before a change', () => {
  it('is not needed for what takes hold at the next update', () => {
    expect(changeQuestion([field('learningRate'), field('clipRange')])).toBeNull();
  });

  it('speaks of starting again when one field of several needs it', () => {
    expect(changeQuestion([field('arenas'), field('seed')])?.confirm).toBe('Start again');
    expect(changeQuestion([field('arenas'), field('seed')])?.body).toContain('“Seed”');
  });

  it('promises that what was learned is kept when arenas are set up again', () => {
    expect(changeQuestion([field('arenas')])?.body).toContain('What was learned is kept');
  });
});

it('keeps seed and backend when a preset is chosen', () => {
  const presets = { fast: sb3Hyperparameters, sb3: sb3Hyperparameters, cleanrl: cleanrlHyperparameters };
  const settings = { ...sb3Hyperparameters, seed: 9, backend: 'wasm' as const };
  expect(withPreset(settings, presets, 'cleanrl')).toEqual({
    ...cleanrlHyperparameters,
    seed: 9,
    backend: 'wasm',
  });
});
