import { expect, it } from 'vitest';
import { metricPoint } from '../testing/test-state';
import { winRateKeys, winRateLabel } from './win-rates';

const withRates = (version: number, rates: Readonly<Record<string, number>>) => {
  const point = metricPoint(version, 1);
  return { ...point, values: { ...point.values, ...rates } };
};

it('finds whom any point has met: earlier policies first, the others by name', () => {
  const points = [
    metricPoint(1, 1),
    withRates(2, { 'winRate.bot-steady': 0.1 }),
    withRates(3, { 'winRate.bot-hawk': 0, 'winRate.past': 0.5 }),
  ];
  expect(winRateKeys(points)).toEqual(['winRate.past', 'winRate.bot-hawk', 'winRate.bot-steady']);
  expect(winRateKeys([metricPoint(1, 1)])).toEqual([]);
});

it('calls opponents by their names where it knows them', () => {
  const names = new Map([['bot-hawk', 'Hawk']]);
  expect(winRateLabel('winRate.past', names)).toBe('Earlier policies');
  expect(winRateLabel('winRate.bot-hawk', names)).toBe('Hawk');
  expect(winRateLabel('winRate.bot-steady', names)).toBe('bot-steady');
});
