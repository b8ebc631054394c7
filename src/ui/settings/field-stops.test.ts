import { describe, expect, it } from 'vitest';
import { hyperparameterFields, type NumberField } from '../../contract';
import { fieldSlider, fieldStops, nextValue } from './field-stops';

const numberFields = hyperparameterFields.filter((field): field is NumberField => field.kind === 'number');
const field = (key: string): NumberField => {
  const found = numberFields.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no number field ${key}`);
  return found;
};

describe('the values that a field steps through', () => {
  it('are powers of two for batch sizes', () => {
    expect(fieldStops(field('minibatchSize')).slice(0, 4)).toEqual([8, 16, 32, 64]);
  });

  it('are six a decade for rates', () => {
    expect(fieldStops(field('learningRate')).slice(0, 8)).toEqual([
      1e-6, 1.5e-6, 2e-6, 3e-6, 5e-6, 7e-6, 1e-5, 1.5e-5,
    ]);
  });

  it('ascend from bound to bound in every logarithmic field', () => {
    for (const each of numberFields.filter(({ scale }) => scale === 'log')) {
      const stops = fieldStops(each);
      expect(stops[0]).toBe(each.min);
      expect(stops.at(-1)).toBe(each.max);
      expect(stops).toEqual([...new Set(stops)].sort((a, b) => a - b));
      expect(stops.every((stop) => !each.integer || Number.isInteger(stop))).toBe(true);
    }
  });
});

describe('moving a value by one', () => {
  it('goes to the next stop from between two', () => {
    expect(nextValue(field('minibatchSize'), 100, 1)).toBe(128);
    expect(nextValue(field('minibatchSize'), 100, -1)).toBe(64);
  });

  it('adds the step without binary dust', () => {
    expect(nextValue(field('gaeLambda'), 0.94, 1)).toBe(0.95);
  });

  it('stays within the bounds', () => {
    for (const each of numberFields) {
      expect(nextValue(each, each.max, 1)).toBe(each.max);
      expect(nextValue(each, each.min, -1)).toBe(each.min);
    }
  });
});

describe('sliders', () => {
  it('come back to the value that they were moved to', () => {
    for (const each of numberFields) {
      const slider = fieldSlider(each);
      if (slider === null) continue;
      for (let position = 0; position < slider.positions; position++) {
        expect([each.key, slider.positionOf(slider.valueAt(position))]).toEqual([each.key, position]);
      }
    }
  });

  it('are not offered for a seed', () => {
    expect(fieldSlider(field('seed'))).toBeNull();
  });
});
