import { describe, expect, it } from 'vitest';
import {
  cleanrlHyperparameters,
  type HyperparameterField,
  hyperparameterFields,
  sb3Hyperparameters,
} from '../contract';
import { changeQuestion, fieldText, parseField, withPreset } from './settings-draft';

const field = (key: string): HyperparameterField => {
  const found = hyperparameterFields.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
};

describe('reading what was typed', () => {
  it('gives back every value that a field’s text was made from', () => {
    for (const each of hyperparameterFields.filter(({ kind }) => kind !== 'weights')) {
      const value = cleanrlHyperparameters[each.key];
      expect(parseField(each, fieldText(value))).toEqual({ value });
    }
  });

  it('takes layer sizes however they are set apart', () => {
    expect(parseField(field('hiddenSizes'), '128 × 64')).toEqual({ value: [128, 64] });
    expect(parseField(field('hiddenSizes'), '32,32, 8')).toEqual({ value: [32, 32, 8] });
  });

  it('refuses with a sentence that names the field', () => {
    for (const [key, text] of [
      ['learningRate', ''],
      ['learningRate', 'fast'],
      ['learningRate', '2'],
      ['epochs', '2.5'],
      ['hiddenSizes', '64, x'],
      ['activation', 'sine'],
      ['valueClip', 'perhaps'],
    ] as const) {
      const parsed = parseField(field(key), text);
      expect('problem' in parsed && parsed.problem).toContain(field(key).label);
    }
  });
});

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
