import { expect, it } from 'vitest';
import { metricDefinitions } from '../../texts/metrics';
import { metricPoint } from '../testing/test-state';
import { metricsCsv } from './metrics-csv';

it('writes one row a point, empty where there is no value, quoting what needs it', () => {
  const changed = [
    { key: 'seed', from: 1, to: 7 },
    { key: 'rewardWeights', term: 'wide "angle"', from: 1, to: 0.5 },
  ] as const;
  const csv = metricsCsv([metricPoint(1, null), metricPoint(2, 0.5, changed)]);
  const [header, first, second, after] = csv.split('\r\n');
  expect(header?.split(',').slice(0, 3)).toEqual(['version', 'decisions', 'meanReturn']);
  expect(first).toBe(`1,2048${','.repeat(metricDefinitions.length + 2)}`);
  expect(second).toBe(
    `2,4096${',0.5'.repeat(metricDefinitions.length)},1,"Seed 1 → 7; Weight of “wide ""angle""” 1 → 0.5"`,
  );
  expect(after).toBe('');
});

it('gives each opponent’s win rate a column, empty before it was first met', () => {
  const later = metricPoint(2, 0.5);
  const points = [
    metricPoint(1, 0.5),
    { ...later, values: { ...later.values, 'winRate.past': 0.75, 'winRate.bot-pebble': 1 } },
  ];
  const [header, first, second] = metricsCsv(points).split('\r\n');
  const from = 2 + metricDefinitions.length;
  expect(header?.split(',').slice(from, from + 2)).toEqual(['winRate.past', 'winRate.bot-pebble']);
  expect(first?.split(',').slice(from, from + 2)).toEqual(['', '']);
  expect(second?.split(',').slice(from, from + 2)).toEqual(['0.75', '1']);
});
