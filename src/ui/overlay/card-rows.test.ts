import { describe, expect, it } from 'vitest';
import type { EnvironmentSpec } from '../../contract';
import { oddsRows, sightRows } from './card-rows';
import { RunningScale } from './running-scale';

const spec: EnvironmentSpec = {
  game: 'test',
  observationSpace: { size: 3, names: ['height', 'ray 1', 'ray 2'], low: [-5, 0, 0], high: [5, 1, 1] },
  actionSpace: {
    kind: 'product',
    parts: [
      { name: 'hand', kind: 'discrete', count: 2, labels: ['wait', 'use'] },
      { name: 'drive', kind: 'continuous', size: 1, names: ['steer'], low: [-2], high: [2] },
    ],
  },
  rewardTerms: [],
  tickMs: 20,
  timeLimitTicks: 100,
};

describe('what a policy makes likely, in rows', () => {
  it('has a row for each choice and each amount, by name, amounts as shares of their bounds', () => {
    const odds = [
      { kind: 'choices', odds: [0.25, 0.75] },
      { kind: 'amount', mean: 1, deviation: 0.4 },
    ] as const;
    expect(oddsRows(spec, { odds })).toEqual([
      { kind: 'choice', name: 'wait', odds: 0.25 },
      { kind: 'choice', name: 'use', odds: 0.75 },
      { kind: 'amount', name: 'steer', mean: 0.75, deviation: 0.1 },
    ]);
  });

  it('tells choices that are called the same apart, by their parts', () => {
    const actionSpace = {
      kind: 'product',
      parts: [
        { name: 'along', kind: 'discrete', count: 2, labels: ['stay', 'forward'] },
        { name: 'across', kind: 'discrete', count: 2, labels: ['stay', 'up'] },
      ],
    } as const;
    const even = { kind: 'choices', odds: [0.5, 0.5] } as const;
    const names = oddsRows({ ...spec, actionSpace }, { odds: [even, even] }).map(({ name }) => name);
    expect(names).toEqual(['along: stay', 'forward', 'across: stay', 'up']);
  });

  it('names what is seen without a place in the picture', () => {
    const observation = Float32Array.of(0.5, 1, 0);
    expect(sightRows(spec, 2, { observation })).toEqual([{ name: 'height', value: 0.5 }]);
  });
});

describe('a running scale', () => {
  it('shows any reading within its range, the first one in the middle', () => {
    const scale = new RunningScale();
    scale.take(3);
    expect(scale.share(3)).toBe(0.5);
    for (const reading of [-4, 10, 2]) {
      scale.take(reading);
      expect(scale.share(reading)).toBeGreaterThanOrEqual(0);
      expect(scale.share(reading)).toBeLessThanOrEqual(1);
    }
    expect(scale.share(20)).toBe(1);
    expect(scale.size(0)).toBe(0);
  });

  it('narrows again where readings stay small', () => {
    const scale = new RunningScale();
    for (const reading of [-100, 100]) scale.take(reading);
    const before = scale.size(1);
    for (let i = 0; i < 2_000; i++) scale.take(i % 2);
    expect(scale.size(1)).toBeGreaterThan(10 * before);
  });
});
